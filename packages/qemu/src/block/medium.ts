// medium.ts — The medium in a drive: put in, taken out, and the tray between. Mirrors block/qapi-sysemu.c.
import type { BlockBackend } from './backend.ts';
import type { BlockDriver } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import { addNode, closeNode } from './graph.ts';
import type { BlockNode } from './node.ts';
import { addUser, removeUser } from './node.ts';
import { refuseRights } from './permissions.ts';

/** The node of a drive without a medium. No request reaches it, since the device answers them itself. */
const noMedium: BlockDriver = {
  name: '',
  strongOptions: [],
  open: () => ({ kind: 'failed', why: 'No medium' }),
  length: () => 0,
  submit: (_node, _request, complete) => complete('ENODEV'),
  filename: () => null,
  readsZeroes: () => false,
  hasInfo: () => false,
};

/** A node that is in no list of nodes. */
export function createEmptyNode(layer: BlockLayer): BlockNode {
  const node = addNode(layer, {
    name: '',
    driver: noMedium,
    options: {},
    state: null,
    children: [],
    implicit: false,
  });
  layer.nodes.delete('');
  return node;
}

function changeNode(blk: BlockBackend, to: BlockNode): void {
  const old = blk.node;
  removeUser(old, blk.user);
  blk.node = to;
  addUser(to, blk.user);
  // A node that belonged to the drive goes with the medium.
  if (!old.monitorOwned && old.name !== '') closeNode(old);
}

export function removeMedium(blk: BlockBackend): void {
  if (!blk.inserted) return;
  blk.lastReadOnly = blk.node.readOnly;
  changeNode(blk, createEmptyNode(blk.layer));
  blk.inserted = false;
}

/** Returns the refusal, or null. */
export function insertMedium(blk: BlockBackend, node: BlockNode): string | null {
  changeNode(blk, node);
  const why = refuseRights(node);
  if (why === null) blk.inserted = true;
  else {
    removeUser(node, blk.user);
    blk.node = createEmptyNode(blk.layer);
    addUser(blk.node, blk.user);
  }
  return why;
}

/** Moves the tray, if there is one, and says so if it was not there already. */
export function moveTray(blk: BlockBackend, to: 'open' | 'closed'): void {
  if (blk.tray === null || blk.tray === to) return;
  blk.tray = to;
  blk.layer.emit('DEVICE_TRAY_MOVED', {
    device: blk.name,
    id: blk.qdev ?? '',
    'tray-open': to === 'open',
  });
}
