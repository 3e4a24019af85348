// service-time.ts — Chooses the path that would finish first, by bytes in flight and the given throughput. Mirrors drivers/md/dm-ps-service-time.c.
import { parseKernelUnsigned } from '@dmsim/dm';

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
import { readRepeatCount } from './repeat-count.ts';

const MAX_RELATIVE_THROUGHPUT = 100;
/** Larger sizes are divided by 2^7 before they are multiplied, so that 64 bits hold the product (ST_MAX_INFLIGHT_SIZE). */
const MAX_INFLIGHT_SIZE = 2 ** 57;
const SIZE_SHIFT = 2 ** 7;

interface StPath {
  readonly path: DmPath;
  readonly repeatCount: number;
  readonly relativeThroughput: number;
  /** Bytes in flight. May fall below zero, as queue-length's counter may. */
  inFlightSize: number;
}

interface ServiceTime {
  readonly host: SelectorHost;
  readonly valid: PathList<StPath>;
}

const LOG = { name: 'service-time', caller: 'st_add_path' };

/** As a size_t, which wraps around below zero. */
const asSize = (bytes: number): number => (bytes < 0 ? bytes + 2 ** 64 : bytes);

/** Below zero if `a` is the better path for `incoming` more bytes; zero if neither is (st_compare_load). */
function compareLoad(a: StPath, b: StPath, incoming: number): number {
  if (a.relativeThroughput === b.relativeThroughput) return a.inFlightSize - b.inFlightSize;
  const fasterFirst = b.relativeThroughput - a.relativeThroughput;
  // A path with throughput 0 is used only if there is no other.
  if (a.inFlightSize === b.inFlightSize) return fasterFirst;
  if (a.relativeThroughput === 0 || b.relativeThroughput === 0) return fasterFirst;
  let sizeA = asSize(a.inFlightSize + incoming);
  let sizeB = asSize(b.inFlightSize + incoming);
  if (sizeA >= MAX_INFLIGHT_SIZE || sizeB >= MAX_INFLIGHT_SIZE) {
    sizeA = Math.floor(sizeA / SIZE_SHIFT);
    sizeB = Math.floor(sizeB / SIZE_SHIFT);
  }
  // Size over throughput, cross-multiplied.
  const byTime = sizeA * b.relativeThroughput - sizeB * a.relativeThroughput;
  return byTime === 0 ? fasterFirst : byTime;
}

function selectPath({ valid }: ServiceTime, nrBytes: number): DmPath | null {
  let best = valid.head;
  if (best === null) return null;
  for (let node = nextNode(valid, best); node !== null; node = nextNode(valid, node)) {
    if (compareLoad(node.item, best.item, nrBytes) < 0) best = node;
  }
  moveToTail(valid, best);
  return best.item.path;
}

/** Path arguments: [<repeat_count> [<relative_throughput>]] */
export const serviceTime: PathSelectorType<ServiceTime, PathNode<StPath>> = {
  name: 'service-time',
  moduleVersion: '0.3.0',
  tableArgs: 2,
  infoArgs: 2,
  create: (host) => ({ state: { host, valid: createPathList() } }),
  addPath({ host, valid }, path, args) {
    if (args.length > 2) {
      return { error: 'service-time ps: incorrect number of arguments', errno: 'EINVAL' };
    }
    const repeatCount = readRepeatCount(host, LOG, args[0]);
    if (repeatCount === null) {
      return { error: 'service-time ps: invalid repeat count', errno: 'EINVAL' };
    }
    const throughput = args[1] === undefined ? 1 : parseKernelUnsigned(args[1]);
    if (throughput === null || throughput > MAX_RELATIVE_THROUGHPUT) {
      return { error: 'service-time ps: invalid relative_throughput value', errno: 'EINVAL' };
    }
    path.context = createPathNode({
      path,
      repeatCount,
      relativeThroughput: throughput,
      inFlightSize: 0,
    });
    addTail(valid, path.context);
    return undefined;
  },
  status(_state, path, kind) {
    if (path === null) return '0 ';
    const { inFlightSize, repeatCount, relativeThroughput } = path.context.item;
    return `${kind === 'info' ? inFlightSize : repeatCount} ${relativeThroughput} `;
  },
  failPath: ({ valid }, path) => remove(valid, path.context),
  reinstatePath({ valid }, path) {
    addTail(valid, path.context);
    return undefined;
  },
  selectPath: (state, nrBytes) => selectPath(state, nrBytes) as DmPath<PathNode<StPath>> | null,
  startIo(_state, path, nrBytes) {
    path.context.item.inFlightSize += nrBytes;
  },
  endIo(_state, path, nrBytes) {
    path.context.item.inFlightSize -= nrBytes;
  },
};
