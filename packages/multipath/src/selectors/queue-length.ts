// queue-length.ts — Chooses the path with the fewest I/Os in flight. Mirrors drivers/md/dm-ps-queue-length.c.
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

interface QlPath {
  readonly path: DmPath;
  readonly repeatCount: number;
  /** I/Os in flight. May fall below zero, since an I/O that is given up while it waits for a path ends twice. */
  qlen: number;
}

interface QueueLength {
  readonly host: SelectorHost;
  readonly valid: PathList<QlPath>;
}

const LOG = { name: 'queue-length', caller: 'ql_add_path' };

/** Chooses the first of the shortest; an idle path ends the search. The chosen path moves to the end, so that ties rotate. */
function selectPath({ valid }: QueueLength): DmPath | null {
  let best = valid.head;
  if (best === null) return null;
  for (
    let node = nextNode(valid, best);
    node !== null && best.item.qlen !== 0;
    node = nextNode(valid, node)
  ) {
    if (node.item.qlen < best.item.qlen) best = node;
  }
  moveToTail(valid, best);
  return best.item.path;
}

/** Path arguments: [<repeat_count>] */
export const queueLength: PathSelectorType<QueueLength, PathNode<QlPath>> = {
  name: 'queue-length',
  moduleVersion: '0.2.0',
  tableArgs: 1,
  infoArgs: 1,
  create: (host) => ({ state: { host, valid: createPathList() } }),
  addPath({ host, valid }, path, args) {
    if (args.length > 1) {
      return { error: 'queue-length ps: incorrect number of arguments', errno: 'EINVAL' };
    }
    const repeatCount = readRepeatCount(host, LOG, args[0]);
    if (repeatCount === null) {
      return { error: 'queue-length ps: invalid repeat count', errno: 'EINVAL' };
    }
    path.context = createPathNode({ path, repeatCount, qlen: 0 });
    addTail(valid, path.context);
    return undefined;
  },
  status(_state, path, kind) {
    if (path === null) return '0 ';
    const { qlen, repeatCount } = path.context.item;
    return `${kind === 'info' ? qlen : repeatCount} `;
  },
  failPath: ({ valid }, path) => remove(valid, path.context),
  reinstatePath({ valid }, path) {
    addTail(valid, path.context);
    return undefined;
  },
  selectPath: (state) => selectPath(state) as DmPath<PathNode<QlPath>> | null,
  startIo(_state, path) {
    path.context.item.qlen++;
  },
  endIo(_state, path) {
    path.context.item.qlen--;
  },
};
