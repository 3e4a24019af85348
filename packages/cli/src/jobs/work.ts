// work.ts — Does work in pieces: in this thread, on other threads, or by workers behind a queue.
import { setImmediate } from 'node:timers/promises';

import type { Job, Runners } from './runners.ts';
import { runnerOf } from './runners.ts';
import { runOnThreads } from './thread-pool.ts';

export interface Work<K extends keyof Runners> {
  /** The kind of work, and its setup for all pieces: plain data, so that it can be sent. */
  readonly job: Job<K>;
  /** The next piece; null when there is none now. It is asked again after each answer; the work ends when none is out. */
  readonly next: () => Runners[K]['piece'] | null;
  /** Called once for each piece, in the order in which the answers come. */
  readonly take: (piece: Runners[K]['piece'], answer: Runners[K]['answer']) => void;
  /** Ends the work at once: pieces that are out are not answered. */
  readonly signal: AbortSignal;
}

export interface Workforce {
  /** 1: this thread does it all. */
  readonly threads: number;
  /** redis://HOST:PORT: workers do it, wherever they are. */
  readonly queue: string | null;
}

/** Resolves when no piece is left or `signal` has aborted; rejects with what a piece threw. */
export async function runWork<K extends keyof Runners>(
  work: Work<K>,
  { threads, queue }: Workforce,
): Promise<void> {
  if (queue !== null) {
    const { runQueued } = await import('./run-queue.ts');
    await runQueued(work, queue);
  } else if (threads === 1) await runHere(work);
  else await runOnThreads(work, threads);
}

async function runHere<K extends keyof Runners>({
  job,
  next,
  take,
  signal,
}: Work<K>): Promise<void> {
  const run = await runnerOf(job);
  for (let piece = next(); piece !== null && !signal.aborted; piece = next()) {
    take(piece, run(piece));
    // Signals and the progress line have their turn in between.
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other is the point
    await setImmediate();
  }
}

/** Names the threads or the queue that do the work, for the line that reports the speed. */
export function whereText({ threads, queue }: Workforce): string {
  if (queue !== null) return `through ${queue}`;
  return `on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
