// session.ts — The state of the page: the run that it shows, the present instant, and the orders to the engine.
import type { Instant, Replay } from '@dmsim/observe';
import { createReplay } from '@dmsim/observe';
import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';

import { Engine, Stopped } from '../engine/client.ts';
import { outcomeText } from '../engine/outcome-text.ts';
import type { Progress, RunResult, RunSpec } from '../engine/run.ts';
import type { CaptionAt } from '../lab/captions.ts';
import { captionsOf, captionTimes } from '../lab/captions.ts';
import type { FoldedTime } from '../timeline/fold.ts';
import { foldTime } from '../timeline/fold.ts';
import type { Row } from './rows.ts';
import { isLabCommand, rowsOf } from './rows.ts';

export interface Run {
  readonly spec: RunSpec;
  readonly result: RunResult;
  readonly rows: readonly Row[];
  readonly fold: FoldedTime;
  readonly replay: Replay;
  readonly lines: readonly string[];
  /** The rows that are commands of the lab. `marks` are the rows that the slider marks. */
  readonly commands: readonly Row[];
  readonly marks: readonly Row[];
  readonly captions: readonly CaptionAt[];
}

export const engine: Engine = new Engine();

export const run: Signal<Run | null> = signal(null);
export const running: Signal<boolean> = signal(false);
/** How far the run that is under way has come; null in its first half second. */
export const progress: Signal<Progress | null> = signal(null);
/** A message about what went wrong outside the lab: a stop, a bug, an invalid link. */
export const notice: Signal<string | null> = signal(null);
/** The present instant, as the number of records that have been written. */
export const cursor: Signal<number> = signal(0);
/** The text in the editor, which may differ from the lab that ran. */
export const draft: Signal<string> = signal('');
export const options: Signal<Pick<RunSpec, 'seed' | 'order' | 'requeue'>> = signal({
  seed: 1,
  order: 'fifo',
  requeue: 'deferred-head',
});

export const instant: ReadonlySignal<Instant | null> = computed(() => {
  const current = run.value;
  return current === null ? null : current.replay.stateAt(cursor.value);
});

export const last = (): number => run.value?.result.recording.count ?? 0;

export function moveTo(nth: number): void {
  cursor.value = Math.max(0, Math.min(last(), Math.round(nth)));
}

/** Runs the text in the editor, from its beginning. */
export function runDraft(at: number = 0): Promise<boolean> {
  return show({ lab: draft.value, ...options.value, interference: [] }, at);
}

let runs = 0;

/** Runs a lab and shows the run; false if it produced none. A run that is under way is stopped first. */
export async function show(spec: RunSpec, at: number): Promise<boolean> {
  const mine = ++runs;
  if (engine.busy) engine.stop();
  running.value = true;
  notice.value = null;
  progress.value = null;
  try {
    const result = await engine.run(spec, (now) => {
      progress.value = now;
    });
    if (mine !== runs) return false;
    batch(() => {
      run.value = runOf(spec, result);
      moveTo(at);
      running.value = false;
      if (result.outcome.kind === 'refused') notice.value = `✗ ${outcomeText(result.outcome)}`;
    });
    return true;
  } catch (error) {
    if (mine !== runs) return false;
    running.value = false;
    notice.value =
      error instanceof Stopped
        ? 'Stopped. The run before is still shown.'
        : `The run failed: ${(error as Error).message}`;
    return false;
  }
}

/** Prepares a result once, so that views can look things up quickly at every instant. */
function runOf(spec: RunSpec, result: RunResult): Run {
  const rows = rowsOf(spec, result);
  const lines = spec.lab.split('\n');
  return {
    spec,
    result,
    rows,
    fold: foldTime(result.recording),
    replay: createReplay(result.recording),
    lines,
    commands: rows.filter(isLabCommand),
    marks: rows.filter(({ kind }) => kind === 'suspend' || kind === 'table' || kind === 'path'),
    captions: captionTimes(captionsOf(lines), rows),
  };
}

/** Stops the run that is under way, however busy it is. */
export const stop = (): void => engine.stop();
