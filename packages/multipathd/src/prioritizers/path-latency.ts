// path-latency.ts — The time that reads of a path take, on a logarithmic scale. Mirrors libmultipath/prioritizers/path_latency.c.
import type { Task } from '@dmsim/sim';
import { micros } from '@dmsim/sim';

import { readFirstBlock } from '../checkers/read-block.ts';
import type { Log } from '../log.ts';
import type { Path } from '../path.ts';
import { PRIO_UNDEF } from '../path.ts';
import type { PrioContext, Prioritizer } from './prioritizer.ts';

interface Scale {
  /** Reads whose mean counts. */
  readonly reads: number;
  /** Latencies that differ by this factor are a step apart. */
  readonly base: number;
}

/** Four steps for a factor of ten. */
const DEFAULT: Scale = { reads: 100, base: 1.778_279_410_04 };
const MAX_LATENCY_US = 100_000_000;

const say = ({ put }: Log, level: number, text: string): void =>
  put(level, `path_latency prio: ${text}`);

const wholeNumber = (text: string): number => Number.parseInt(text, 10);

/** `io_num=N base_num=X`, in either order. */
function parse(args: string, log: Log): Scale | null {
  const words = args.split(/[ \t]+/).filter((word) => word !== '');
  const value = (name: string, read: (text: string) => number): number | undefined => {
    const word = words.slice(0, 2).findLast((w) => w.startsWith(name) && w.length > name.length);
    return word === undefined ? undefined : read(word.slice(name.length)) || 0;
  };
  const [reads, base] = [value('io_num=', wholeNumber), value('base_num=', Number.parseFloat)];
  if (reads === undefined || base === undefined) return null;
  const isWrong = (what: string): null => {
    say(log, 0, `args ${what} is outside the valid range`);
    return null;
  };
  if (reads < 20 || reads > 200) return isWrong('io_num');
  if (base < 1.1 || base > 10) return isWrong('base_num');
  return { reads, base };
}

function* measure({ dev }: Path, { reads, base }: Scale, context: PrioContext): Task<number> {
  const { host, log } = context;
  const logarithm = (us: number): number => Math.log(us) / Math.log(base);
  let sum = 0;
  for (let left = reads; left > 0; left--) {
    const before = host.sim.now;
    if (!(yield* readFirstBlock({ ...context, dev, timeout: 0 }))) {
      say(log, 0, `${dev}: path down`);
      return PRIO_UNDEF;
    }
    const us = Math.floor((host.sim.now - before) / micros(1));
    if (us > 0) sum += logarithm(us);
  }
  const mean = sum / reads;
  return Math.trunc(Math.max(logarithm(MAX_LATENCY_US) - Math.max(mean, 0), 0));
}

export const pathLatency: Prioritizer = {
  name: 'path_latency',
  *getPriority(path, context) {
    const { args, log } = context;
    let scale = parse(args, log);
    if (scale === null) {
      scale = DEFAULT;
      const text = `io_num=${scale.reads} base_num=${scale.base.toFixed(3)}`;
      say(log, 0, `${path.dev}: fails to get path_latency args, set default:${text}`);
    }
    return yield* measure(path, scale, context);
  },
};
