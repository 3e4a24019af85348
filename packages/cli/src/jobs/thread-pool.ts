// thread-pool.ts — Work on threads of this process: each has one piece at a time, and one that dies is replaced.
import type { Runners } from './runners.ts';
import type { Thread } from './thread.ts';
import { startThread } from './thread.ts';
import type { Work } from './work.ts';

/** A piece that kills its thread so often ends the work. */
const MAX_DEATHS = 2;

interface Handed<P> {
  readonly piece: P;
  deaths: number;
}

/** Threads are started as there are pieces for them, `most` of them. */
export function runOnThreads<K extends keyof Runners>(
  { job, next, take, signal }: Work<K>,
  most: number,
): Promise<void> {
  type Piece = Runners[K]['piece'];
  const threads = new Set<Thread<K>>();
  const idle: Thread<K>[] = [];
  /** Pieces whose thread died. */
  const again: Handed<Piece>[] = [];
  const nextHanded = (): Handed<Piece> | undefined => {
    if (again.length > 0) return again.pop();
    const piece = next();
    return piece === null ? undefined : { piece, deaths: 0 };
  };
  /** The work has failed: threads that end now are not replaced. */
  let failed = false;
  const work = new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => {
      failed = true;
      reject(error);
    };
    const feed = (): void => {
      if (failed) return;
      while (!signal.aborted && (idle.length > 0 || threads.size < most)) {
        const handed = nextHanded();
        if (handed === undefined) break;
        const thread = idle.pop() ?? startThread(job);
        threads.add(thread);
        hand(thread, handed);
      }
      if (signal.aborted || idle.length === threads.size) resolve();
    };
    const hand = (thread: Thread<K>, handed: Handed<Piece>): void => {
      const answered = (answer: Runners[K]['answer']): void => {
        idle.push(thread);
        if (!signal.aborted) take(handed.piece, answer);
        feed();
      };
      const died = (error: unknown): void => {
        threads.delete(thread);
        if (++handed.deaths >= MAX_DEATHS) fail(error);
        again.push(handed);
        feed();
      };
      thread.run(handed.piece).then(answered, died).catch(fail);
    };
    signal.addEventListener('abort', feed, { once: true });
    feed();
  });
  return work.finally(() => Promise.all([...threads].map((thread) => thread.close())));
}
