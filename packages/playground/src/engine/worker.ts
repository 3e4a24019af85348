// worker.ts — The engine, in a worker beside the page: it runs labs and answers questions about a machine at an instant.
import { furtherFile, FurtherWanted } from './further.ts';
import type { Answer, Order, Started, UnderWay } from './orders.ts';
import { recordRun } from './record-run.ts';
import type { Progress } from './run.ts';
import { timelineOf } from './timeline-of.ts';

/** The worker's global object. The DOM library that the page is compiled with does not declare it. */
const scope = globalThis as unknown as {
  addEventListener(type: 'message', listener: (event: MessageEvent<Order>) => void): void;
  postMessage(message: Answer | Started | UnderWay, transfer: Transferable[]): void;
};

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 500;

function reporter(id: number): (progress: Progress) => void {
  let reported = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - reported < REPORT_EVERY) return;
    reported = now;
    scope.postMessage({ id, progress }, []);
  };
}

scope.addEventListener('message', ({ data: order }) => {
  const { id, spec } = order;
  try {
    if (order.kind === 'timeline') {
      scope.postMessage({ id, timeline: timelineOf(spec) }, []);
      return;
    }
    const result = recordRun(spec, {
      stopWhenDone: order.kind === 'ask',
      onProgress: reporter(id),
    });
    const records = result.recording.records;
    scope.postMessage({ id, result }, [records.buffer as ArrayBuffer]);
  } catch (error) {
    if (error instanceof FurtherWanted) {
      scope.postMessage({ id, wants: 'further programs' }, []);
      return;
    }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    scope.postMessage({ id, failed: message }, []);
  }
});

scope.postMessage({ furtherFile: furtherFile() }, []);
