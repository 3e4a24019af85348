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

export interface Batch {
  readonly from: number;
  readonly to: number;
}

/** In order; `workers` of them at least where there are as many tasks. */
export function batchesOf(tasks: number, workers: number): Batch[] {
  const size = Math.max(1, Math.min(LARGEST_BATCH, Math.ceil(tasks / (workers * 8))));
  const batches: Batch[] = [];
  for (let from = 0; from < tasks; from += size)
    batches.push({ from, to: Math.min(tasks, from + size) });
  return batches;
}

/** Ends when all tasks are done, or with the error that a worker threw. */
export async function runOnThreads<T, R>(work: ThreadWork<T, R>): Promise<void> {
  const waiting = batchesOf(work.tasks.length, work.threads)
    .toReversed()
    .map((batch) => ({ batch, deaths: 0 }));
  const lanes = Array.from({ length: Math.min(work.threads, waiting.length) }, () =>
    runLane(work, waiting),
  );
  await Promise.all(lanes);
}

interface Waiting {
  readonly batch: Batch;
  deaths: number;
}

/** One thread after the other, as long as there are batches. */
async function runLane<T, R>(work: ThreadWork<T, R>, waiting: Waiting[]): Promise<void> {
  const { module, shared, tasks, signal, onResult } = work;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const thread = startThread<T, R>(module, shared);
    const stop = (): void => void thread.close();
    signal.addEventListener('abort', stop);
    try {
      for (let one: Waiting | undefined = next; one !== undefined; one = waiting.pop()) {
        next = one;
        const { from, to } = one.batch;
        // oxlint-disable-next-line no-await-in-loop -- a thread has one batch at a time
        const results = await thread.run(tasks.slice(from, to));
        for (const [i, result] of results.entries()) onResult(from + i, result);
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (++next.deaths >= MAX_DEATHS) throw error;
      waiting.push(next);
    } finally {
      signal.removeEventListener('abort', stop);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await thread.close();
    }
  }
}

export interface Thread<T, R> {
  /** One batch at a time. Rejects when the thread dies. */
  run(tasks: readonly T[]): Promise<readonly R[]>;
  close(): Promise<unknown>;
}

export function startThread<T, R>(module: URL, shared: unknown): Thread<T, R> {
  const worker = new Worker(module, { workerData: shared });
  return { run: (tasks) => runBatch(worker, tasks), close: () => worker.terminate() };
}

function runBatch<R>(worker: Worker, tasks: readonly unknown[]): Promise<readonly R[]> {
  return new Promise((resolve, reject) => {
    const onMessage = (results: readonly R[]): void => {
      stopListening();
      resolve(results);
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
    worker.postMessage(tasks);
  });
}
