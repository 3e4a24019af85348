// worker.ts — The engine, in a worker beside the page: it runs labs and answers questions about a machine at an instant.
import { furtherFile, FurtherWanted } from './further.ts';
import type { Answer, Order, Started } from './orders.ts';
import { recordRun } from './record-run.ts';
import { timelineOf } from './timeline-of.ts';

/** The worker's global object. The DOM library that the page is compiled with does not declare it. */
const scope = globalThis as unknown as {
  addEventListener(type: 'message', listener: (event: MessageEvent<Order>) => void): void;
  postMessage(message: Answer | Started, transfer: Transferable[]): void;
};

scope.addEventListener('message', ({ data: order }) => {
  const { id, spec } = order;
  try {
    if (order.kind === 'timeline') {
      scope.postMessage({ id, timeline: timelineOf(spec) }, []);
      return;
    }
    const result = recordRun(spec, { stopWhenDone: order.kind === 'ask' });
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
