// events.ts — The trace as an Observable of batches: the edge where RxJS begins.
import type { Sim } from '@dmsim/sim';
import { createTrace, endTrace } from '@dmsim/sim';
import { Observable, Subject } from 'rxjs';

/** Records `0 … count-1`, `RECORD_WIDTH` numbers each (see `record` of sim); valid only while `next` runs. */
export interface TraceBatch {
  readonly records: Float64Array;
  readonly count: number;
}

export interface TraceStream {
  readonly sim: Sim;
  readonly batches: Subject<TraceBatch>;
  /** How many records are gathered before they are delivered. */
  readonly capacity: number;
}

export function createTraceStream(
  sim: Sim,
  { capacity = 512 }: { readonly capacity?: number } = {},
): TraceStream {
  return { sim, batches: new Subject<TraceBatch>(), capacity };
}

/** Trace points write records only while someone is subscribed. */
export function events(stream: TraceStream): Observable<TraceBatch> {
  return new Observable<TraceBatch>((subscriber) => {
    const subscription = stream.batches.subscribe(subscriber);
    const { sim } = stream;
    sim.trace ??= createTrace(stream.capacity, (records, count) =>
      stream.batches.next({ records, count }),
    );
    return () => {
      subscription.unsubscribe();
      if (!stream.batches.observed) sim.trace = null;
    };
  });
}

/** Delivers the remaining records and ends the stream, since the run is over. */
export function completeEvents({ sim, batches }: TraceStream): void {
  if (sim.trace !== null) endTrace(sim.trace);
  sim.trace = null;
  batches.complete();
}
