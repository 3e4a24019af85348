// round-robin.ts — Chooses each path in turn, whatever its load. Mirrors drivers/md/dm-ps-round-robin.c.
import type { PathList, PathNode } from './path-list.ts';
import {
  addHead,
  addTail,
  createPathList,
  createPathNode,
  moveToTail,
  remove,
} from './path-list.ts';
import type { DmPath, PathSelectorType, SelectorHost } from './path-selector.ts';
import { readRepeatCount } from './repeat-count.ts';

interface RrPath {
  readonly path: DmPath;
  readonly repeatCount: number;
}

interface RoundRobin {
  readonly host: SelectorHost;
  readonly valid: PathList<RrPath>;
}

const LOG = { name: 'round-robin', caller: 'rr_add_path' };

/** Path arguments: [<repeat_count>] */
export const roundRobin: PathSelectorType<RoundRobin, PathNode<RrPath>> = {
  name: 'round-robin',
  moduleVersion: '1.2.0',
  tableArgs: 1,
  infoArgs: 0,
  create: (host) => ({ state: { host, valid: createPathList() } }),
  addPath({ host, valid }, path, args) {
    if (args.length > 1) {
      return { error: 'round-robin ps: incorrect number of arguments', errno: 'EINVAL' };
    }
    const repeatCount = readRepeatCount(host, LOG, args[0]);
    if (repeatCount === null) {
      return { error: 'round-robin ps: invalid repeat count', errno: 'EINVAL' };
    }
    path.context = createPathNode({ path, repeatCount });
    addTail(valid, path.context);
    return undefined;
  },
  status(_state, path, kind) {
    if (path === null) return '0 ';
    return kind === 'info' ? '' : `${path.context.item.repeatCount} `;
  },
  failPath: ({ valid }, path) => remove(valid, path.context),
  reinstatePath({ valid }, path) {
    // It is chosen next; the other selectors put a reinstated path last.
    addHead(valid, path.context);
    return undefined;
  },
  selectPath({ valid }) {
    const node = valid.head;
    if (node === null) return null;
    moveToTail(valid, node);
    return node.item.path as DmPath<PathNode<RrPath>>;
  },
};
