// session.ts — What the page knows: the run it shows, the instant it stands at, and what is asked of the engine.
import type { Instant, Replay } from '@dmsim/observe';
import { createReplay } from '@dmsim/observe';
import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';

import { Engine, Stopped } from '../engine/client.ts';
import { outcomeText } from '../engine/outcome-text.ts';
import type { RunResult, RunSpec } from '../engine/run.ts';
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
  /** Of `rows`: the lab's commands; what the slider marks. */
  readonly commands: readonly Row[];
  readonly marks: readonly Row[];
  readonly captions: readonly CaptionAt[];
}

export const engine: Engine = new Engine();

export const run: Signal<Run | null> = signal(null);
export const running: Signal<boolean> = signal(false);
/** What went wrong outside the lab: a stop, a bug, a link that is no link. */
export const notice: Signal<string | null> = signal(null);
/** Records that have been written at the instant that is shown. */
export const cursor: Signal<number> = signal(0);
/** What the editor holds, which need not be what has run. */
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

/** Runs what the editor holds, from its beginning. */
export function runDraft(at: number = 0): Promise<boolean> {
  return show({ lab: draft.value, ...options.value, interference: [] }, at);
}

let runs = 0;

/** Runs and shows; false when nothing came of it. A run that is under way gives way. */
export async function show(spec: RunSpec, at: number): Promise<boolean> {
  const mine = ++runs;
  if (engine.busy) engine.stop();
  running.value = true;
  notice.value = null;
  try {
    const result = await engine.run(spec);
    if (mine !== runs) return false;
    batch(() => {
      run.value = runOf(spec, result);
      moveTo(at);
      running.value = false;
      if (result.outcome.kind === 'refused') notice.value = outcomeText(result.outcome);
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

/** Everything that views look up at every instant is sorted out once. */
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

/** Ends what runs, however busy it is. */
export const stop = (): void => engine.stop();
