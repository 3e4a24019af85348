// thread-pool.ts — Work on as many threads as there are processors: batches of tasks, and what came of each.
import { Worker } from 'node:worker_threads';

export interface ThreadWork<T, R> {
  /** The worker's module. It gets `shared` as workerData, a message for each batch, and answers it with as many results. */
  readonly module: URL;
  readonly shared: unknown;
  readonly tasks: readonly T[];
  readonly threads: number;
  /** In any order; `index` is the task's. */
  readonly onResult: (index: number, result: R) => void;
  /** Ends the work: threads are stopped, what has not been answered is not done. */
  readonly signal: AbortSignal;
}

/** Tasks that go to a thread at a time at most: few enough that all end at about the same time. */
const LARGEST_BATCH = 64;
/** A thread that dies is replaced; a batch that kills one twice ends the work. */
const MAX_DEATHS = 2;

interface Batch {
  readonly from: number;
  readonly to: number;
  deaths: number;
}

/** Ends when all tasks are done, or with the error that a worker threw. */
export async function runOnThreads<T, R>(work: ThreadWork<T, R>): Promise<void> {
  const { tasks, threads } = work;
  const size = Math.max(1, Math.min(LARGEST_BATCH, Math.ceil(tasks.length / (threads * 8))));
  const waiting: Batch[] = [];
  for (let from = 0; from < tasks.length; from += size)
    waiting.push({ from, to: Math.min(tasks.length, from + size), deaths: 0 });
  waiting.reverse();
  const lanes = Array.from({ length: Math.min(threads, waiting.length) }, () =>
    runLane(work, waiting),
  );
  await Promise.all(lanes);
}

/** One thread after the other, as long as there are batches. */
async function runLane<T, R>(work: ThreadWork<T, R>, waiting: Batch[]): Promise<void> {
  for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) {
    const worker = new Worker(work.module, { workerData: work.shared });
    const stop = (): void => void worker.terminate();
    work.signal.addEventListener('abort', stop);
    try {
      for (let next: Batch | undefined = batch; next !== undefined; next = waiting.pop()) {
        batch = next;
        // oxlint-disable-next-line no-await-in-loop -- a thread has one batch at a time
        await runBatch(work, worker, next);
      }
      return;
    } catch (error) {
      if (work.signal.aborted) return;
      if (++batch.deaths >= MAX_DEATHS) throw error;
      waiting.push(batch);
    } finally {
      work.signal.removeEventListener('abort', stop);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await worker.terminate();
    }
  }
}

function runBatch<T, R>(work: ThreadWork<T, R>, worker: Worker, batch: Batch): Promise<void> {
  const { from, to } = batch;
  return new Promise((resolve, reject) => {
    const onMessage = (results: readonly R[]): void => {
      stopListening();
      for (const [i, result] of results.entries()) work.onResult(from + i, result);
      resolve();
    };
    const onError = (error: Error): void => {
      stopListening();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`a worker ended with status ${code}`));
    const stopListening = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    worker.postMessage(work.tasks.slice(from, to));
  });
}
