// root-user.ts — Backends without a device: those of exports, and those through which jobs read and write. Mirrors block/block-backend.c: blk_new, blk_insert_bs.
import type { Blocking } from '../aio/main-loop.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode, NodeUser } from './node.ts';
import { drainTwice, removeUser } from './node.ts';
import { attachUser, UNNAMED } from './permissions.ts';
import type { Rights } from './rights.ts';

/** A backend that submits nothing that a drained section would have to wait for. */
export interface RootUser {
  readonly layer: BlockLayer;
  node: BlockNode;
  readonly user: NodeUser;
}

/** Puts a backend on the node. A string is the refusal. */
export function addRootUser(
  node: BlockNode,
  rights: Rights,
  follows: 'follows' | 'stays',
): RootUser | string {
  const { layer } = node;
  const edges = [{ name: 'root', ...rights }];
  const root: RootUser = {
    layer,
    node,
    user: {
      kind: 'backend',
      parent: null,
      blocker: null,
      follow:
        follows === 'stays'
          ? null
          : (_from, to) => {
              root.node = to;
            },
      describe: () => UNNAMED,
      edges: () => edges,
      drainedBegin: () => undefined,
      drainedEnd: () => undefined,
      drainedPoll: () => false,
    },
  };
  const why = attachUser(node, root.user);
  if (why !== null) return why;
  layer.roots.push(root);
  return root;
}

export function removeRootUser(root: RootUser): void {
  const { roots } = root.layer;
  const i = roots.indexOf(root);
  if (i < 0) return;
  roots.splice(i, 1);
  removeUser(root.node, root.user);
}

/** blk_unref: drains the node before the backend leaves it. */
export function* deleteRootUser(root: RootUser): Blocking<void> {
  yield* drainTwice(root.node);
  removeRootUser(root);
}
