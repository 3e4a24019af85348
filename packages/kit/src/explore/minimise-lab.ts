// minimise-lab.ts — From a lab that fails to the lines that it needs for that.
import type { Chooser, Deviation } from '@dmsim/sim';
import { exhaustive, fifo, narrating, random, replay } from '@dmsim/sim';

import { chooseByName } from './choose-by-name.ts';
import type { StillFails } from './minimise.ts';
import { minimiseChoices } from './minimise.ts';
import { failureOf, outcomeKey } from './outcome.ts';
import type { LabRun, Setup } from './run-once.ts';
import { runOnce } from './run-once.ts';

export interface Counterexample {
  readonly setup: Setup;
  readonly seed: number;
  readonly choices: readonly number[];
  readonly run: LabRun;
}

/** Other orders that a shorter lab is tried with: its choices are not those of the longer one. */
const OTHER_ORDERS = 12;
/** Labs that are tried. */
const MAX_LABS = 80;

/** Asked before each try: true to be content with what is known. */
export type IsOver = () => boolean;

const never: IsOver = () => false;

/** The fewest choices that give the same outcome; a failure needs to fail in the same way only. */
export function minimiseRun(
  { setup, seed, choices, run }: Counterexample,
  isOver: IsOver = never,
): Counterexample {
  const failure = failureOf(run.outcome);
  const key = outcomeKey(run.outcome);
  const stillFails = (candidate: readonly number[]): boolean => {
    if (isOver()) return false;
    const { outcome } = runOnce(setup, seed, replay(candidate));
    return failure === null ? outcomeKey(outcome) === key : failureOf(outcome) === failure;
  };
  const few = singleChoice(setup, seed, stillFails) ?? minimiseChoices(choices, stillFails);
  return { setup, seed, choices: few, run: runOnce(setup, seed, replay(few)) };
}

/** Most races need one choice only, and then it is found at once. */
const MAX_SINGLES = 400;

function singleChoice(setup: Setup, seed: number, stillFails: StillFails): number[] | null {
  const chooser = exhaustive([], { draws: true });
  runOnce(setup, seed, chooser);
  if (stillFails([])) return [];
  for (const [[nth, choice] = [0, 0]] of chooser.branches().slice(0, MAX_SINGLES)) {
    const choices = Array.from({ length: nth }, () => 0).concat(choice);
    if (stillFails(choices)) return choices;
  }
  return null;
}

/** Drops lines while it fails in the same way, under the same choices or some others. */
export function minimiseLab(example: Counterexample, isOver: IsOver = never): Counterexample {
  const failure = failureOf(example.run.outcome);
  if (failure === null) return example;
  const isSame = samenessOf(example, failure);
  let known = example;
  let labs = 0;
  let lines = known.setup.lab.text.split('\n');
  for (
    let size = Math.ceil(lines.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = lines.length - size; from >= 0 && labs < MAX_LABS; from -= size) {
      if (isOver()) return known;
      const shorter = lines.toSpliced(from, size);
      labs++;
      const found = failsStill(known, shorter.join('\n'), isSame);
      if (found === null) continue;
      known = minimiseRun(found, isOver);
      lines = shorter;
    }
  }
  return known;
}

type IsSame = (setup: Setup, run: LabRun) => boolean;

/**
 * An invariant has a name. A hang or an exit status says little: a lab without its `resume` hangs, too, and one without its
 * `create` fails. So a shorter lab must not complain of anything new, nor fail in the usual order unless the whole one does so, too.
 */
function samenessOf({ setup, seed, run }: Counterexample, failure: string): IsSame {
  const isNamed = run.outcome.broken.length > 0;
  const usual = runOnce(setup, seed, fifo);
  const usualFailure = failureOf(usual.outcome);
  const known = new Set([...linesOf(usual), ...linesOf(run)]);
  const saysNothingNew = (shorter: LabRun): boolean =>
    linesOf(shorter).every((line) => known.has(line));
  return (shorterSetup, shorter) => {
    if (failureOf(shorter.outcome) !== failure) return false;
    if (isNamed) return true;
    if (!saysNothingNew(shorter)) return false;
    const inUsualOrder = runOnce(shorterSetup, seed, fifo);
    const itsFailure = failureOf(inUsualOrder.outcome);
    if (itsFailure !== null && itsFailure !== usualFailure) return false;
    return saysNothingNew(inUsualOrder);
  };
}

const linesOf = ({ outcome }: LabRun): string[] => outcome.transcript.split('\n');

function failsStill(known: Counterexample, text: string, isSame: IsSame): Counterexample | null {
  const setup = { ...known.setup, lab: { ...known.setup.lab, text } };
  for (const chooser of ordersFor(known)) {
    const run = runOnce(setup, known.seed, chooser);
    if (isSame(setup, run)) return { setup, seed: known.seed, choices: run.choices, run };
  }
  return null;
}

/** The same choices at the same places, the same by what they say, then some others. */
function* ordersFor({ setup, seed, choices }: Counterexample): IterableIterator<Chooser> {
  yield replay(choices);
  const deviations: Deviation[] = [];
  runOnce(setup, seed, narrating(replay(choices), deviations));
  yield chooseByName(deviations);
  for (let nth = 1; nth <= OTHER_ORDERS; nth++) yield random(nth);
}
