// new-command.ts — dmsim new selector FILE: a path selector to begin with.
import { openSync, closeSync } from 'node:fs';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { parseOptions } from './parse-options.ts';
import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';
import { selectorTemplate } from './selector-template.ts';
import { print, writeWhole } from './standard-streams.ts';

const HELP = `Usage: dmsim new selector FILE.ts
Writes a path selector to begin with: the same as round-robin, with the types of all that a selector is given.
A FILE that is there is left as it is.

  --help   this

Example:
  dmsim new selector mine.ts
  dmsim compare --lab paths.sh --workload reads.fio --selector round-robin,./mine.ts

Exit status: 0, or 125 when the file can't be made.
`;

function run(argv: readonly string[]): number {
  const { operands } = parseOptions('new', argv, {});
  const [kind, file, extra] = operands;
  if (kind !== 'selector' || extra !== undefined)
    throw new Refusal("new: what? dmsim new selector FILE.ts (try 'dmsim new --help')");
  if (file === undefined) throw new Refusal('new: which file? dmsim new selector FILE.ts');
  const name = /([a-z][a-z0-9-]*)\.m?ts$/.exec(file)?.[1];
  if (name === undefined)
    throw new Refusal(`new: ${file}: its name is to be like mine.ts, as table lines will call it`);
  writeNew(file, selectorTemplate(name));
  print(`${file}: edit selectPath, then compare it: --selector round-robin,${placed(file)}\n`);
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
  operands: 'selector FILE.ts',
  summary: 'writes a path selector to begin with',
  help: HELP,
  run,
};
