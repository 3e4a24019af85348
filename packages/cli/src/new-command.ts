// new-command.ts — dmsim new selector|target|checker|prioritizer|invariant FILE: writes a plugin to begin with.
import { openSync, closeSync } from 'node:fs';
import { basename } from 'node:path';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { parseOptions } from './options/parse-options.ts';
import { checkerTemplate, prioritizerTemplate } from './plugins/checker-template.ts';
import { invariantTemplate } from './plugins/invariant-template.ts';
import { selectorTemplate } from './plugins/selector-template.ts';
import { targetTemplate } from './plugins/target-template.ts';
import { print, writeWhole } from './process/standard-streams.ts';
import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';

interface Kind {
  readonly template: (name: string) => string;
  /** The next step, once FILE is there. */
  readonly next: (file: string, name: string) => string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  selector: {
    template: selectorTemplate,
    next: (file) => `edit selectPath, then compare it: --selector round-robin,${placed(file)}`,
  },
  target: {
    template: targetTemplate,
    next: (file) =>
      `edit map, then try it in many schedules: dmsim explore --target ${placed(file)}`,
  },
  checker: {
    template: checkerTemplate,
    next: (file, name) =>
      `edit check, then run a lab with path_checker ${name}: dmsim run --checker ${file} LAB`,
  },
  prioritizer: {
    template: prioritizerTemplate,
    next: (file, name) =>
      `edit priority, then run a lab with prio ${name}: dmsim run --prioritizer ${file} LAB`,
  },
  invariant: {
    template: invariantTemplate,
    next: (file) => `edit see, then watch it: dmsim explore --invariant ${file} LAB`,
  },
};

/** DM_MAX_TYPE_NAME, without the zero at its end. */
const LONGEST_TARGET = 15;

const HELP = `Usage: dmsim new selector|target|checker|prioritizer|invariant FILE.ts
Writes a plugin for you to change, with the types of everything that it is given: a path selector that works like round-robin,
a target type that works like linear, a path checker that reads a block, a prioritizer that prefers a host, or an invariant that bounds
the time of a suspend. A target and an invariant need @dmsim/kit (docs/testing-your-own.md). It never overwrites a FILE.

  --help   prints this page

Example:
  dmsim new selector mine.ts
  dmsim compare paths.sh --workload reads.fio --selector round-robin,./mine.ts

Exit status: 0, or 125 when the file can't be made.
`;

function run(argv: readonly string[]): number {
  const { operands } = parseOptions('new', argv, {});
  const [word = '', file, extra] = operands;
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  if (kind === undefined || extra !== undefined)
    throw new Refusal(
      "new: what? dmsim new selector|target|checker|prioritizer|invariant FILE.ts (try 'dmsim new --help')",
    );
  if (file === undefined) throw new Refusal(`new: which file? dmsim new ${word} FILE.ts`);
  const name = /^([a-z][a-z0-9-]*)\.m?ts$/.exec(basename(file))?.[1];
  if (name === undefined)
    throw new Refusal(
      `new: ${file}: name the file like mine.ts, in lower case: the ${word} gets the name that stands before .ts`,
    );
  if (word === 'target' && name.length > LONGEST_TARGET)
    throw new Refusal(`new: ${file}: the name of a target has at most ${LONGEST_TARGET} letters`);
  writeNew(file, kind.template(name));
  print(`${file}: ${kind.next(file, name)}\n`);
  return EXIT.OK;
}

/** With a slash, so that it is taken for a file. */
const placed = (file: string): string => (file.includes('/') ? file : `./${file}`);

function writeNew(file: string, text: string): void {
  let fd: number;
  try {
    fd = openSync(file, 'wx');
  } catch (error) {
    throw new Refusal(`${file}: ${reasonOf(error)}`);
  }
  try {
    writeWhole(fd, new TextEncoder().encode(text));
  } finally {
    closeSync(fd);
  }
}

export const newCommand: Command = {
  name: 'new',
  operands: 'selector|target|checker|prioritizer|invariant FILE.ts',
  summary: 'writes a plugin to begin with',
  help: HELP,
  run,
};
