// findings.ts — Makes the findings of an exploration ready to be told: outcomes in order, and the choices that lead to each.
import type {
  Causes,
  Counterexample,
  Exploration,
  IsOver,
  LabRun,
  Outcome,
  Seen,
  Setup,
  TracedChoice,
  TracedRun,
} from '@dmsim/kit';
import {
  causesOf,
  failureOf,
  inOrder,
  minimiseLab,
  minimiseRun,
  outcomeKey,
  runOnce,
  seedOf,
  tellChoices,
  traceRun,
  transcriptDiff,
} from '@dmsim/kit';
import { foldRepeats } from '@dmsim/observe';
import { deviationText, replay } from '@dmsim/sim';

import { driveWatched } from '../run/drive-watched.ts';

export interface Finding {
  /** From 1, in the order in which they were first seen. */
  readonly number: number;
  readonly count: number;
  /** The seed of the first run. */
  readonly seed: number;
  readonly outcome: Outcome;
  readonly isFifo: boolean;
  /** Why it is a failure, or null. */
  readonly failure: string | null;
  /** Lines, against fifo's transcript. */
  readonly diff: readonly string[];
  /** Null for what fifo does without failing, and for those beyond `MAX_MINIMISED`. */
  readonly smallest: Smallest | null;
}

/** A run with the same outcome, or that fails in the same way, with as few choices as were found. */
export interface Smallest extends Counterexample {
  readonly deviations: readonly TracedChoice[];
  /** By pid: the command that the process ran. */
  readonly commands: ReadonlyMap<number, string>;
  /** The events that led to a failure; null for other outcomes. */
  readonly causes: Causes | null;
}

/** Outcomes that are made small, failures first: each costs some hundred runs. */
const MAX_MINIMISED = 8;

export interface FindingOptions {
  readonly setup: Setup;
  readonly fifo: LabRun;
  /** No more time is to be spent on making them small. */
  readonly isOver: IsOver;
}

export function findingsOf(
  exploration: Exploration,
  { setup, fifo, isOver }: FindingOptions,
): Finding[] {
  const seen = inOrder(exploration.tally);
  const fifoKey = outcomeKey(fifo.outcome);
  const wanted = seen.filter(
    ({ outcome }) => outcomeKey(outcome) !== fifoKey || failureOf(outcome) !== null,
  );
  const failures = wanted.filter(({ outcome }) => failureOf(outcome) !== null);
  const others = wanted.filter(({ outcome }) => failureOf(outcome) === null);
  const ranked = [...failures, ...others];
  const small = new Set(ranked.filter(isQuick).slice(0, MAX_MINIMISED));
  const slow = ranked.find((each) => !isQuick(each));
  return seen.map((each, i) => {
    const { outcome, count, first } = each;
    const isFifo = outcomeKey(outcome) === fifoKey;
    const seed = runSeed(exploration, first);
    return {
      number: i + 1,
      count,
      seed,
      outcome,
      isFifo,
      failure: failureOf(outcome),
      diff: isFifo ? [] : transcriptDiff(fifo.outcome.transcript, outcome.transcript),
      smallest: small.has(each)
        ? smallestOf(each, { setup, seed, isOver })
        : each === slow
          ? smallestOfSlow(each, { setup, seed, isOver })
          : null,
    };
  });
}

/** A step that never ends is only broken off after a while. */
const isQuick = ({ outcome: { ending } }: Seen): boolean =>
  ending.kind !== 'limit' || ending.limit !== 'cpuTime';

function runSeed({ plan }: Exploration, nth: number): number {
  return plan.strategy === 'exhaustive' ? plan.seed : seedOf(plan, nth);
}

interface SmallestOptions extends Pick<FindingOptions, 'setup' | 'isOver'> {
  readonly seed: number;
}

function smallestOf({ choices }: Seen, { setup, seed, isOver }: SmallestOptions): Smallest {
  const run = runOnce(setup, seed, replay(choices));
  return tracedOf(minimiseLab(minimiseRun({ setup, seed, choices, run }, isOver), isOver));
}

/** In ms: a step of a lab that is made small ends long before, and all tries together take no longer than this. */
const STUCK_SOON = 500;
const SLOW_BUDGET = 45_000;

/** Tries break a step off sooner than the search did. The result has to stand when it is given the whole time. */
function smallestOfSlow(seen: Seen, { setup, seed, isOver }: SmallestOptions): Smallest {
  const { choices, outcome } = seen;
  const endsAt = process.uptime() * 1000 + SLOW_BUDGET;
  const isLate = (): boolean => isOver() || process.uptime() * 1000 >= endsAt;
  const hasty = { ...setup, drive: driveWatched(STUCK_SOON) };
  const run = runOnce(hasty, seed, replay(choices));
  const found = minimiseLab(minimiseRun({ setup: hasty, seed, choices, run }, isLate), isLate);
  const small = tracedOf({ ...found, setup: { ...setup, lab: found.setup.lab } });
  if (failureOf(small.run.outcome) === failureOf(outcome)) return small;
  return tracedOf({ setup, seed, choices, run });
}

function tracedOf(small: Counterexample): Smallest {
  const { seed } = small;
  const traced = traceRun(small.setup, seed, replay(small.choices));
  return {
    ...small,
    run: traced.run,
    deviations: traced.choices,
    commands: commandsOf(traced),
    causes: causesOf(traced),
  };
}

function commandsOf({ events }: TracedRun): ReadonlyMap<number, string> {
  const commands = new Map<number, string>();
  for (const { point, pids, line } of events) {
    const [, command] = point === 'sched_process_exec' ? (/ runs (.*)$/s.exec(line) ?? []) : [];
    if (command !== undefined && pids[0] !== undefined) commands.set(pids[0], command);
  }
  return commands;
}

/** Describes the processes that choices name, since two of them may have the same name. */
export function processLines({ deviations, commands }: Smallest): string[] {
  const pids = deviations.flatMap(({ what, instead }) =>
    [...`${what} ${instead}`.matchAll(/\(pid (\d+)\)/g)].map(([, pid]) => Number(pid)),
  );
  return [...new Set(pids)]
    .toSorted((a, b) => a - b)
    .flatMap((pid) => {
      const command = commands.get(pid);
      return command === undefined ? [] : [`pid ${pid}: ${cut(command)}`];
    });
}

const LONGEST = 100;

const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

export const choiceLines = ({ deviations }: Smallest): string[] => tellChoices(deviations);

/** Lines of the log, and between them what was chosen. */
export function causeLines({ shown }: Causes): string[] {
  const lines: string[] = [];
  const fold = foldRepeats((line) => lines.push(line.trimEnd()));
  for (const each of shown)
    fold.add(`${'line' in each ? each.line : `* ${deviationText(each)}`}\n`);
  fold.end();
  return lines;
}

/** `12 events of other bios, 3 of other processes`; empty when nothing was left out. */
export const leftOutText = ({ leftOut }: Causes): string =>
  Object.entries(leftOut)
    .map(([why, count], i) => `${count}${i > 0 ? '' : count === 1 ? ' event' : ' events'} ${why}`)
    .join(', ');
