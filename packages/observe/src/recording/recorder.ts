// recorder.ts — Gathers a run into a Recording while it goes on, within a limit.
import type { BlockDevice } from '@dmsim/block';
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { RECORD_WIDTH, flushTrace } from '@dmsim/sim';

import { events } from '../events.ts';
import type { Watched } from '../watched.ts';
import type { Recording, SurveyAt } from './recording.ts';
import type { Survey } from './survey.ts';
import { surveyMachine } from './survey.ts';

export interface RecorderOptions {
  /** The most records to keep. */
  readonly maxRecords: number;
  readonly dirtyPages: (dev: BlockDevice) => number;
}

export interface Recorder {
  /** Records so far. */
  count(): number;
  /** True when no more records are kept: the caller should then stop the machine. */
  isFull(): boolean;
  /** Call it between the machine's events. */
  look(): void;
  finish(): Recording;
}

/** Frequent points that change nothing that a survey shows. */
const HOT: ReadonlySet<number> = new Set([
  BLOCK_TRACE.block_bio_queue.code,
  BLOCK_TRACE.block_bio_remap.code,
  BLOCK_TRACE.block_bio_complete.code,
  BLOCK_TRACE.block_rq_issue.code,
  BLOCK_TRACE.block_rq_complete.code,
  BLOCK_TRACE.block_rq_requeue.code,
  DM_TRACE.dm_map.code,
  DM_TRACE.dm_end_io.code,
  DM_TRACE.dm_defer.code,
  DM_TRACE.dm_undefer.code,
  DM_TRACE.dm_pushback.code,
  MULTIPATH_TRACE.mpath_bio_queued.code,
  MULTIPATH_TRACE.mpath_bio_dequeued.code,
]);

/** Changes that come along with I/O but have no record of their own (dirty pages, waiting processes) are seen this late, in ns. */
const SURVEY_EVERY = 1e6;

export function startRecorder(machine: Watched, options: RecorderOptions): Recorder {
  const { sim } = machine;
  let records = new Float64Array(1024 * RECORD_WIDTH);
  let count = 0;
  let changed = true;
  const keep = (batch: Float64Array, i: number): void => {
    if (count >= options.maxRecords) return;
    if ((count + 1) * RECORD_WIDTH > records.length) records = doubled(records);
    records.set(batch.subarray(i, i + RECORD_WIDTH), count * RECORD_WIDTH);
    count++;
  };
  const subscription = events(machine.events).subscribe((batch) => {
    for (let i = 0; i < batch.count * RECORD_WIDTH; i += RECORD_WIDTH) {
      const point = batch.records[i + 1] as number;
      // Only invariants need these, a record per run of sectors.
      if (point === BLOCK_TRACE.block_data.code) continue;
      keep(batch.records, i);
      changed ||= !HOT.has(point);
    }
  });
  const surveys = new Surveys(machine, options.dirtyPages);
  let logged = 0;
  let surveyed = 0;
  return {
    count: () => count,
    isFull: () => count >= options.maxRecords,
    look() {
      if (sim.trace !== null) flushTrace(sim.trace);
      if (sim.log.length !== logged) changed = true;
      const due = count !== surveyed && sim.now - surveys.lastAt >= SURVEY_EVERY;
      if (!changed && !due) return;
      surveyed = count;
      logged = sim.log.length;
      changed = false;
      surveys.take(count);
    },
    finish() {
      if (sim.trace !== null) flushTrace(sim.trace);
      surveys.take(count);
      subscription.unsubscribe();
      return {
        records: records.slice(0, count * RECORD_WIDTH),
        count,
        names: [...sim.traceNames],
        surveys: surveys.taken,
      };
    },
  };
}

function doubled(records: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(records.length * 2);
  larger.set(records);
  return larger;
}

/** Keeps surveys that differ from the one before. */
class Surveys {
  readonly taken: SurveyAt[] = [];
  lastAt = -Infinity;
  readonly #machine: Watched;
  readonly #dirtyPages: (dev: BlockDevice) => number;
  #last = '';

  constructor(machine: Watched, dirtyPages: (dev: BlockDevice) => number) {
    this.#machine = machine;
    this.#dirtyPages = dirtyPages;
  }

  take(nth: number): void {
    const { now } = this.#machine.sim;
    this.lastAt = now;
    const survey: Survey = surveyMachine(this.#machine, this.#dirtyPages);
    const text = JSON.stringify(survey);
    if (text === this.#last) return;
    this.#last = text;
    // Only the last of several surveys after the same record can be shown.
    if (this.taken.at(-1)?.nth === nth) this.taken.pop();
    this.taken.push({ nth, at: now, survey });
  }
}
