// snapshot.ts — blockdev-snapshot and blockdev-snapshot-sync: an image goes on top of a node, and its users write there from then on. Mirrors blockdev.c: external_snapshot_prepare.
import type { Blocking } from '../../aio/main-loop.ts';
import { setNodeContext } from '../../block/backend.ts';
import {
  closeNode,
  findNode,
  lookupNode,
  openNode,
  replaceNode,
  setChild,
} from '../../block/graph.ts';
import type { ImageRefusal } from '../../block/new-image.ts';
import { createImageFile } from '../../block/new-image.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  childNode,
  drainedBegin,
  nodeLength,
  refuseBacking,
  refuseBusy,
} from '../../block/node.ts';
import { cumulativeRights, refuseRights } from '../../block/permissions.ts';
import { flushAndWait, reopenReadOnly } from '../../block/reopen-flush.ts';
import { RIGHT } from '../../block/rights.ts';
import type { Vm } from '../../vm/vm.ts';
import { stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';

export const SNAPSHOT_ARGS: readonly Member[] = [
  required('node', 'string'),
  required('overlay', 'string'),
];

export const SNAPSHOT_SYNC_ARGS: readonly Member[] = [
  optional('device', 'string'),
  optional('node-name', 'string'),
  required('snapshot-file', 'string'),
  optional('snapshot-node-name', 'string'),
  optional('format', 'string'),
  optional('mode', ['existing', 'absolute-paths']),
];

/** The steps done so far, for the end of the transaction. */
export interface Snapshot {
  readonly overlay: BlockNode;
  readonly old: BlockNode;
  readonly undo: () => void;
}

const refused = (refusal: string): ImageRefusal => ({ refusal });

type Overlay = { readonly node: BlockNode } | ImageRefusal;

interface HowTaken {
  /** True for blockdev-snapshot-sync. */
  readonly sync: boolean;
  /** The nodes whose sections end with the transaction. */
  readonly drained: BlockNode[];
}

/** Drains the node, and puts the image on top of it. */
export function* takeSnapshot(
  vm: Vm,
  args: JsonObject,
  { sync, drained }: HowTaken,
): Blocking<Snapshot | ImageRefusal> {
  const old = baseOf(vm, args, sync);
  if (typeof old === 'string') return refused(old);
  yield* drainedBegin(old);
  drained.push(old);
  const busy = refuseBusy(old) ?? refuseBacking(old) ?? (yield* refuseFlush(old));
  const overlay = busy === null ? overlayOf(vm, { args, old, sync }) : refused(busy);
  const why = 'refusal' in overlay ? null : append(overlay.node, old);
  if ('refusal' in overlay) return overlay;
  const snapshot = snapshotOf(overlay.node, old);
  if (why === null) return snapshot;
  snapshot.undo();
  return refused(why);
}

function* refuseFlush(old: BlockNode): Blocking<string | null> {
  const isFlushed = old.readOnly || (yield* flushAndWait(old)) === null;
  return isFlushed ? null : 'An IO error has occurred';
}

/** bdrv_append. Returns the refusal, or null. */
function append(overlay: BlockNode, old: BlockNode): string | null {
  setNodeContext(overlay, old.ctx);
  setChild(overlay, 'backing', old);
  replaceNode(old, overlay);
  return refuseRights(overlay);
}

function snapshotOf(overlay: BlockNode, old: BlockNode): Snapshot {
  const undo = (): void => {
    replaceNode(overlay, old);
    setChild(overlay, 'backing', null);
    release(overlay);
  };
  return { overlay, old, undo };
}

/** An image that nobody writes to is closed again. */
function release(overlay: BlockNode): void {
  if (!overlay.monitorOwned) closeNode(overlay);
}

/** external_snapshot_commit */
export function* commitSnapshot({ overlay, old }: Snapshot): Blocking<void> {
  yield* reopenReadOnly(old, true);
  release(overlay);
}

/** The node that the image goes on. A string is the refusal. */
function baseOf({ layer }: Vm, args: JsonObject, sync: boolean): BlockNode | string {
  if (!sync) return lookupNode(layer, stringArg(args, 'node') ?? '');
  return lookupNode(layer, stringArg(args, 'device') ?? '', stringArg(args, 'node-name') ?? '');
}

interface Wanted {
  readonly args: JsonObject;
  readonly old: BlockNode;
  readonly sync: boolean;
}

function overlayOf(vm: Vm, wanted: Wanted): Overlay {
  const overlay = wanted.sync ? newOverlay(vm, wanted) : namedOverlay(vm, wanted.args);
  const why = 'refusal' in overlay ? null : refuseOverlay(overlay.node);
  if (why === null || 'refusal' in overlay) return overlay;
  if (!overlay.node.monitorOwned) closeNode(overlay.node);
  return refused(why);
}

function namedOverlay({ layer }: Vm, args: JsonObject): Overlay {
  const node = lookupNode(layer, stringArg(args, 'overlay') ?? '');
  return typeof node === 'string' ? refused(node) : { node };
}

/** The target of a mirror may become an overlay, because nobody relies on its data yet. */
function refuseOverlay(overlay: BlockNode): string | null {
  const { driver } = overlay;
  if ((cumulativeRights(overlay).needs & RIGHT.consistentRead) !== 0)
    return 'The overlay is already in use';
  if (driver.filters === true || driver.isFilter === true)
    return 'Filters cannot be used as overlays';
  if (childNode(overlay, 'backing') !== undefined) return 'The overlay already has a backing image';
  return driver.readsBacking === true ? null : 'The overlay does not support backing images';
}

/** Makes the image, unless it is there already, and opens it. */
function newOverlay(vm: Vm, { args, old }: Wanted): Overlay {
  const { layer } = vm;
  const name = stringArg(args, 'snapshot-node-name');
  if (stringArg(args, 'node-name') !== undefined && name === undefined)
    return refused('New overlay node-name missing');
  if (name !== undefined && findNode(layer, name) !== undefined)
    return refused('New overlay node-name already in use');
  const format = stringArg(args, 'format') ?? 'qcow2';
  const path = stringArg(args, 'snapshot-file') ?? '';
  const image = { path, format, size: nodeLength(old), backing: old };
  const why = stringArg(args, 'mode') === 'existing' ? null : createImageFile(layer, image);
  if (why !== null) return why;
  const opened = openNode(layer, {
    driver: format,
    ...(name === undefined ? {} : { 'node-name': name }),
    file: { driver: 'file', filename: path },
    backing: null,
  });
  return opened.kind === 'failed' ? refused(opened.why) : { node: opened.node };
}
