// replay-qmp-command.ts — dmsim replay-qmp FILE…: recorded QMP sessions, played again.
import { readFileSync } from 'node:fs';

import type { Difference } from '@dmsim/qemu/replay';
import { replayDifferences } from '@dmsim/qemu/replay';
import { random } from '@dmsim/sim';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { parseOptions } from './options/parse-options.ts';
import { print, say } from './process/standard-streams.ts';
import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';

const HELP = `Usage: dmsim replay-qmp [OPTION]... FILE...
Plays recorded QMP sessions again, each on a simulated QEMU of its own, and says where the answers first differ.

A FILE has one JSON object a line. The first, {"dir":"meta","argv":[...]}, holds QEMU's command line. In the others "dir" is
c2s for what the client sent, s2c for what it received, dev and guest for actions on the disks, and host for files on the host.
test/qemu/README.md describes the format.

  --all       goes on after a difference, prints every one, and tells how many there are
  --seeds N   if a session differs, tries N other orders of events that are due at the same instant,
              since some recordings show one of two outcomes of a race (default 0)
  --help      prints this page

Prints 'ok FILE', or 'FILE:LINE: differs' with what was expected and what came. With --all a
message that the recording lacks is a difference at the line before which it came, and 'N differences in FILE' follows.
Exit status: 0 all the same, 1 one or more differ, 125 a file that cannot be read or is no such recording.
`;

const DIFFERS = 1;
/** Between two lines of progress, on standard error. */
const PROGRESS_NS = 2_000_000_000n;
const MAX_SEEDS = 10_000;

interface Recording {
  readonly path: string;
  readonly lines: readonly string[];
}

/** Returns the exit status. */
function replayFiles(argv: readonly string[]): number {
  const options = { all: { type: 'boolean' }, seeds: { type: 'string' } } as const;
  const { values, operands: paths } = parseOptions('replay-qmp', argv, options);
  const { all = false } = values;
  const seeds = parseSeeds(values.seeds);
  if (paths.length === 0)
    throw new Refusal("replay-qmp: no file given (try 'dmsim replay-qmp --help')");
  // All are looked at first: a wrong name must not be found after minutes.
  const recordings = paths.map(readRecording);
  const counts: number[] = [];
  let told = process.hrtime.bigint();
  for (const [done, { path, lines }] of recordings.entries()) {
    const now = process.hrtime.bigint();
    if (now - told > PROGRESS_NS) {
      told = now;
      say(`replay-qmp: ${done} of ${recordings.length} played`);
    }
    const differences = replay(lines, { all, seeds });
    counts.push(differences.length);
    for (const difference of differences) print(describe(path, difference));
    if (differences.length === 0) print(`ok ${path}\n`);
    else if (all) print(`${counted(differences.length, 'difference')} in ${path}\n`);
  }
  const differing = counts.filter((count) => count > 0).length;
  if (all && recordings.length > 1) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    print(`${differing} of ${recordings.length} differ: ${counted(total, 'difference')}\n`);
  }
  return differing === 0 ? EXIT.OK : DIFFERS;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

interface ReplayWish {
  /** All differences, not only the first one. */
  readonly all: boolean;
  readonly seeds: number;
}

/** The differences of the usual order, unless another order gives none. */
function replay(lines: readonly string[], { all, seeds }: ReplayWish): readonly Difference[] {
  const differences = take(replayDifferences(lines), all ? Infinity : 1);
  if (differences.length === 0) return [];
  for (let seed = 1; seed <= seeds; seed++) {
    const chooser = random(Math.imul(seed, 0x9e3779b1));
    if (take(replayDifferences(lines, { chooser }), 1).length === 0) return [];
  }
  return differences;
}

function take<T>(all: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const one of all) {
    taken.push(one);
    if (taken.length >= most) break;
  }
  return taken;
}

const describe = (path: string, { line, expected, got }: Difference): string =>
  `${path}:${line}: differs\n  expected ${expected}\n  got      ${got}\n`;

function readRecording(path: string): Recording {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${path}: ${reasonOf(error)}`);
  }
  const lines = text.split('\n');
  const parsed = lines.map((line, i) => parseLine(path, line, i + 1));
  const meta = parsed[0] ?? {};
  const command = meta['argv'];
  if (meta['dir'] !== 'meta' || !isWords(command))
    throw new Refusal(`${path}:1: not a recording: it begins with {"dir":"meta","argv":[...]}`);
  return { path, lines };
}

const isWords = (value: unknown): boolean =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

const DIRECTIONS: ReadonlySet<unknown> = new Set([
  'meta',
  'c2s',
  's2c',
  'dev',
  'guest',
  'host',
  'note',
]);

function parseLine(path: string, line: string, number: number): Readonly<Record<string, unknown>> {
  if (line.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Refusal(`${path}:${number}: not a recording: not JSON`);
  }
  if (typeof value !== 'object' || value === null)
    throw new Refusal(`${path}:${number}: not a recording: not a JSON object`);
  const fields = value as Readonly<Record<string, unknown>>;
  if (!DIRECTIONS.has(fields['dir']))
    throw new Refusal(
      `${path}:${number}: not a recording: "dir" is ${JSON.stringify(fields['dir'])}`,
    );
  return fields;
}

function parseSeeds(text = '0'): number {
  if (!/^\d+$/.test(text) || Number(text) > MAX_SEEDS)
    throw new Refusal(`replay-qmp: --seeds takes a number up to ${MAX_SEEDS}, not '${text}'`);
  return Number(text);
}

export const replayQmpCommand: Command = {
  name: 'replay-qmp',
  operands: '[OPTION]... FILE...',
  summary: 'plays recorded QMP sessions again',
  help: HELP,
  run: replayFiles,
};
