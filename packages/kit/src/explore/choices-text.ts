// choices-text.ts — The choices of a run as a text that a person can read and `dmsim run --replay` repeats.
//
//   dmsim choices 2
//   name lab.sh
//   argument 3
//   seed 17
//   requeue deferred-head
//   slack 1000000
//   varies-costs yes
//   12 2 1 at 1.003000 s: end_io of bio 7 on sda before workqueue kmpathd
//   40 1 3 the start of dmsetup takes 0.25 times as long
//
// The lab's name as it was run, its arguments, what the machine was like; then a line for each choice other than fifo's: which choice of
// the run it is, what was chosen, how many times it could have been made by then, and what it was. The last two lead to its place in a
// lab that was edited.
import type { MachineOptions } from '@dmsim/host';
import { REQUEUE_NAMES } from '@dmsim/host';

export interface ChoicesFile {
  /** As `$0` showed it. */
  readonly name: string;
  readonly args: readonly string[];
  readonly seed: number;
  readonly requeue: NonNullable<MachineOptions['requeue']>;
  readonly slack: number;
  readonly variesCosts: boolean;
  readonly deviations: readonly RecordedChoice[];
}

export interface RecordedChoice {
  readonly nth: number;
  readonly choice: number;
  /** It is made the nth time that it can be made, from 1. */
  readonly time: number;
  /** As `deviationText` says it. */
  readonly text: string;
}

const TITLE = 'dmsim choices 2';

/** The text of a `.choices` file, which `dmsim run --replay` takes. */
export function printChoices({
  name,
  args,
  seed,
  requeue,
  slack,
  variesCosts,
  deviations,
}: ChoicesFile): string {
  return [
    TITLE,
    `name ${JSON.stringify(name)}`,
    ...args.map((arg) => `argument ${JSON.stringify(arg)}`),
    `seed ${seed}`,
    `requeue ${requeue}`,
    `slack ${slack}`,
    `varies-costs ${variesCosts ? 'yes' : 'no'}`,
    ...deviations.map(({ nth, choice, time, text }) => `${nth} ${choice} ${time} ${text}`),
    '',
  ].join('\n');
}

/** A line that is wrong, and why: `line 3: ...`. */
export class BadChoices extends Error {
  override readonly name = 'BadChoices';
}

/** Reads the text of a `.choices` file, as `printChoices` writes it. Throws `BadChoices`, which names the line. */
export function parseChoices(text: string): ChoicesFile {
  const [title, ...lines] = text.split('\n');
  if (title !== TITLE) throw new BadChoices(`line 1: not '${TITLE}'`);
  const read: Lines = { settings: new Map(), args: [], deviations: [] };
  for (const [i, line] of lines.entries()) {
    if (line !== '' && !line.startsWith('#')) readLine(line, `line ${i + 2}`, read);
  }
  const { settings, args, deviations } = read;
  return { ...settingsOf(settings), args, deviations };
}

interface Lines {
  readonly settings: Map<string, string>;
  readonly args: string[];
  readonly deviations: RecordedChoice[];
}

function readLine(line: string, where: string, { settings, args, deviations }: Lines): void {
  const [, word = '', rest = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
  if (/^\d{1,9}$/.test(word)) deviations.push(parseChoice(line, where, deviations.at(-1)?.nth));
  else if (word === 'argument') args.push(parseWord(rest, where));
  else if (word === 'name') settings.set(word, parseWord(rest, where));
  else if (SETTINGS.has(word)) settings.set(word, rest);
  else throw new BadChoices(`${where}: neither a choice nor a setting: '${line.slice(0, 60)}'`);
}

const SETTINGS: ReadonlySet<string> = new Set(['seed', 'requeue', 'slack', 'varies-costs']);

function parseChoice(line: string, where: string, before: number = -1): RecordedChoice {
  const [, nth, choice, time, text = ''] = /^(\d+) (\d{1,9}) (\d{1,9}) (.*)$/.exec(line) ?? [];
  if (choice === undefined) throw new BadChoices(`${where}: a choice is three numbers and a text`);
  if (Number(nth) <= before) throw new BadChoices(`${where}: choice ${nth} stands after ${before}`);
  return { nth: Number(nth), choice: Number(choice), time: Number(time), text };
}

function parseWord(text: string, where: string): string {
  try {
    const word: unknown = JSON.parse(text);
    if (typeof word === 'string') return word;
  } catch {
    // Told below.
  }
  throw new BadChoices(`${where}: not a word in double quotes: '${text.slice(0, 60)}'`);
}

function settingsOf(header: ReadonlyMap<string, string>): Omit<ChoicesFile, 'deviations' | 'args'> {
  const name = header.get('name');
  if (name === undefined) throw new BadChoices("'name' is missing");
  const number = (setting: string): number => {
    const value = Number(header.get(setting));
    if (!(Number.isInteger(value) && value >= 0 && value <= 0x7fffffff)) {
      throw new BadChoices(`'${setting}' is missing or no number from 0 to 2147483647`);
    }
    return value;
  };
  const requeue = REQUEUE_NAMES.find((name) => name === header.get('requeue'));
  if (requeue === undefined)
    throw new BadChoices(`'requeue' is not one of ${REQUEUE_NAMES.join(', ')}`);
  const varies = header.get('varies-costs');
  if (varies !== 'yes' && varies !== 'no')
    throw new BadChoices("'varies-costs' is neither yes nor no");
  return {
    name,
    seed: number('seed'),
    requeue,
    slack: number('slack'),
    variesCosts: varies === 'yes',
  };
}
