// log.ts — The log of multipath and multipathd, by verbosity. Mirrors libmpathutil/debug.c: dlog.
import type { Sim } from '@dmsim/sim';
import { formatSeconds } from '@dmsim/sim';

export interface Log {
  /** Lines above this level are not written. 0 … 4 */
  verbosity: number;
  readonly put: (level: number, text: string) => void;
  /** Like `put`, but only for the first message about the subject. */
  readonly putOnce: (level: number, subject: string, text: string) => void;
}

/** Each line goes to `write`, with the machine's uptime before it: `12.345678 | text`. */
export function createLog(sim: Sim, verbosity: number, write: (line: string) => void): Log {
  const mentioned = new Set<string>();
  const log: Log = {
    verbosity,
    putOnce(level, subject, text) {
      if (mentioned.has(subject)) return;
      mentioned.add(subject);
      log.put(level, text);
    },
    put(level, text) {
      if (level <= log.verbosity) write(`${formatSeconds(sim.now)} | ${text}\n`);
    },
  };
  return log;
}
