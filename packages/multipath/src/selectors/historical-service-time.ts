// historical-service-time.ts — Chooses the path whose I/Os have lately ended soonest. Mirrors drivers/md/dm-ps-historical-service-time.c.
//
// Times are kept as fixed-point numbers of 10 fractional bits. Beyond 2^53 a double rounds where the kernel's integers
// do not: only service times above two seconds reach that, and the error is below a microsecond.
import { parseKernelUnsigned } from '@dmsim/dm';
import type { Nanos } from '@dmsim/sim';

import type { PathList, PathNode } from './path-list.ts';
import {
  addTail,
  createPathList,
  createPathNode,
  moveToTail,
  nextNode,
  remove,
} from './path-list.ts';
import type { DmPath, PathSelectorType, SelectorHost } from './path-selector.ts';

const ONE = 1024;
/** 0.95 of history, 0.05 of the newest: the default for an I/O of up to 16 ms. */
const DEFAULT_BASE = 972;
/** Largest service time that still can be averaged in 64 bits (HST_FIXED_MAX). */
const MAX = 2 ** 54 - 1;
const WEIGHTS = 64;
/** Service times are sorted into buckets of 2^24 ns, about 16 ms: the longer one was, the less history counts. */
const BUCKET = 2 ** 24;

interface HstPath {
  readonly path: DmPath;
  /** Average, in ns, as a fixed-point number. */
  historicalServiceTime: number;
  /** The instant from which its average is no longer trusted, unless another I/O ends before. */
  staleAfter: Nanos;
  lastFinish: Nanos;
  outstanding: number;
}

interface Hst {
  readonly host: SelectorHost;
  readonly valid: PathList<HstPath>;
  validCount: number;
  readonly weights: readonly number[];
  readonly thresholdMultiplier: number;
}

const multiply = (a: number, b: number): number => Math.floor((a * b + ONE / 2) / ONE);

/** `base` to the power of `n`, by squaring, since the order of roundings affects the weights. */
function power(base: number, n: number): number {
  let result = ONE;
  for (let square = base, bits = n; bits > 0; bits >>= 1, square = multiply(square, square)) {
    if ((bits & 1) === 1) result = multiply(result, square);
  }
  return result;
}

/** The weight of history after a service time in bucket `i`; 0 in the last bucket. */
function weightsOf(base: number): number[] {
  const weights = Array.from({ length: WEIGHTS }, (_, i) => power(base, i + 1));
  weights[WEIGHTS - 1] = 0;
  return weights;
}

const DEFAULT_WEIGHTS: readonly number[] = weightsOf(DEFAULT_BASE);

const isIdleAndStale = (p: HstPath, now: Nanos): boolean =>
  p.outstanding === 0 && p.staleAfter < now;

/** A stale idle path goes first; of two, the one that has been stale longer. Null if this does not decide. */
function compareIdle(a: HstPath, b: HstPath, now: Nanos): number | null {
  const bothIdle = a.outstanding === 0 && b.outstanding === 0;
  if (!bothIdle && !isIdleAndStale(a, now) && !isIdleAndStale(b, now)) return null;
  return (b.outstanding === 0 ? a.staleAfter : 0) - (a.outstanding === 0 ? b.staleAfter : 0);
}

/** True if `b` would end one more I/O sooner than `a`. */
function isSlower(a: HstPath, b: HstPath): boolean {
  if (a.outstanding === b.outstanding) return a.historicalServiceTime > b.historicalServiceTime;
  const shift = a.outstanding >= ONE || b.outstanding >= ONE ? ONE : 1;
  const timeA = Math.floor(a.historicalServiceTime / shift);
  const timeB = Math.floor(b.historicalServiceTime / shift);
  return (1 + a.outstanding) * timeA > (1 + b.outstanding) * timeB;
}

/** Below zero if `a` is the better path (hst_compare). */
function compare(hst: Hst, a: HstPath, b: HstPath, now: Nanos): number {
  const fewer = a.outstanding - b.outstanding;
  const high = Math.max(a.historicalServiceTime, b.historicalServiceTime);
  const low = Math.min(a.historicalServiceTime, b.historicalServiceTime);
  if (high <= hst.thresholdMultiplier * low) return fewer;
  const idle = compareIdle(a, b, now);
  if (idle !== null) return idle;
  const slower = isSlower(a, b);
  // The better one may only look so because no one has tried it lately: then both get the same.
  if ((slower ? b : a).staleAfter < now) return fewer;
  return slower ? 1 : -1;
}

function selectPath(hst: Hst): DmPath | null {
  const { valid } = hst;
  let best = valid.head;
  if (best === null) return null;
  const { now } = hst.host.sim;
  for (let node = nextNode(valid, best); node !== null; node = nextNode(valid, node)) {
    if (compare(hst, node.item, best.item, now) < 0) best = node;
  }
  moveToTail(valid, best);
  return best.item.path;
}

/** The time since the I/O was sent or since the previous one ended: the device is assumed to serve one after the other. */
function serviceTime(p: HstPath, startTime: Nanos, now: Nanos): Nanos {
  const since = Math.max(p.lastFinish, startTime);
  p.lastFinish = now;
  return Math.max(0, now - since);
}

function endIo(hst: Hst, p: HstPath, startTime: Nanos): void {
  const took = serviceTime(p, startTime, hst.host.sim.now);
  const weight = hst.weights[Math.min(WEIGHTS - 1, Math.floor(took / BUCKET))] ?? 0;
  const newest = Math.min(took * ONE, MAX);
  p.outstanding--;
  p.historicalServiceTime = Math.floor(
    (p.historicalServiceTime * weight + newest * (ONE - weight) + ONE / 2) / ONE,
  );
  p.staleAfter = p.lastFinish + hst.validCount * Math.floor(p.historicalServiceTime / ONE);
}

/** Arguments: [<base_weight> [<threshold_multiplier>]]; path arguments: [<repeat_count>], which is not kept. */
export const historicalServiceTime: PathSelectorType<Hst, PathNode<HstPath>> = {
  name: 'historical-service-time',
  moduleVersion: '0.1.1',
  tableArgs: 1,
  infoArgs: 3,
  create(host, args) {
    if (args.length > 2) return 'EINVAL';
    const base = args[0] === undefined ? DEFAULT_BASE : parseKernelUnsigned(args[0]);
    if (base === null || base >= ONE) return 'EINVAL';
    const thresholdMultiplier = args[1] === undefined ? 0 : parseKernelUnsigned(args[1]);
    if (thresholdMultiplier === null) return 'EINVAL';
    const weights = base === DEFAULT_BASE ? DEFAULT_WEIGHTS : weightsOf(base);
    return {
      state: { host, valid: createPathList(), validCount: 0, weights, thresholdMultiplier },
    };
  },
  addPath(state, path, args) {
    if (args.length > 1) {
      return {
        error: 'historical-service-time ps: incorrect number of arguments',
        errno: 'EINVAL',
      };
    }
    if (args[0] !== undefined && parseKernelUnsigned(args[0]) === null) {
      return { error: 'historical-service-time ps: invalid repeat count', errno: 'EINVAL' };
    }
    path.context = createPathNode({
      path,
      historicalServiceTime: ONE,
      staleAfter: 0,
      lastFinish: 0,
      outstanding: 0,
    });
    addTail(state.valid, path.context);
    state.validCount++;
    return undefined;
  },
  status({ weights, thresholdMultiplier }, path, kind) {
    if (path === null) return `2 ${weights[0]} ${thresholdMultiplier} `;
    if (kind === 'table') return '0 ';
    const { historicalServiceTime: time, outstanding, staleAfter } = path.context.item;
    return `${time} ${outstanding} ${staleAfter} `;
  },
  failPath(state, path) {
    remove(state.valid, path.context);
    state.validCount--;
  },
  reinstatePath(state, path) {
    addTail(state.valid, path.context);
    state.validCount++;
    return undefined;
  },
  selectPath: (state) => selectPath(state) as DmPath<PathNode<HstPath>> | null,
  startIo(_state, path) {
    path.context.item.outstanding++;
  },
  endIo: (state, path, _nrBytes, startTime) => endIo(state, path.context.item, startTime),
};
