// part-ways.ts — Finds where two runs part: the events they share, the choice of each at that point, and the events that follow.
import { diffArrays } from 'diff/lib/diff/array.js';

import type { TracedChoice, TracedRun } from './traced-run.ts';

export interface Parting {
  /** Events that both begin with. */
  readonly common: number;
  /** The last of them, as lines of the log. */
  readonly before: readonly string[];
  /** When they part, in ns: of the first event that only one of them has, or has then. Null: they never do. */
  readonly at: number | null;
  /** The first choice other than fifo's that only one of them makes; null: it makes none. */
  readonly choices: readonly [TracedChoice | null, TracedChoice | null];
  /** From there on, `- ` only in the first, `+ ` only in the second; events in both without a mark. */
  readonly lines: readonly string[];
}

const BEFORE = 3;

/** Times do not count, as all that follows a choice may be later: events are the same when the same happens. */
export function partWays(a: TracedRun, b: TracedRun): Parting {
  const [mine, theirs] = [whatHappens(a), whatHappens(b)];
  let common = 0;
  while (common < mine.length && mine[common] === theirs[common]) common++;
  const parts = common < mine.length || common < theirs.length;
  const times = [a, b].flatMap(({ events }) => events[common]?.at ?? []);
  return {
    common,
    before: a.events.slice(Math.max(0, common - BEFORE), common).map(({ line }) => line),
    at: parts ? Math.min(...times) : null,
    choices: firstChoices(a, b),
    lines: parts ? goOn(mine.slice(common), theirs.slice(common)) : [],
  };
}

const whatHappens = ({ events }: TracedRun): string[] =>
  events.map(({ line }) => line.replace(/^\S+ /, ''));

const same = (x: TracedChoice | undefined, y: TracedChoice | undefined): boolean =>
  x !== undefined && x.nth === y?.nth && x.choice === y.choice;

function firstChoices(a: TracedRun, b: TracedRun): Parting['choices'] {
  let i = 0;
  while (same(a.choices[i], b.choices[i])) i++;
  return [a.choices[i] ?? null, b.choices[i] ?? null];
}

/** Far beyond that they have long gone their own ways, and to compare them would take for ever. */
const MAX_COMPARED = 2000;

const goOn = (mine: readonly string[], theirs: readonly string[]): string[] =>
  diffArrays(mine.slice(0, MAX_COMPARED), theirs.slice(0, MAX_COMPARED)).flatMap(
    ({ value, added, removed }) =>
      value.map((line) => `${added ? '+' : removed ? '-' : ' '} ${line}`),
  );
