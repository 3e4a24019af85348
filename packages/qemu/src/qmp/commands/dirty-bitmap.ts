// dirty-bitmap.ts — block-dirty-bitmap-*, as commands and as actions of a transaction. Mirrors block/monitor/bitmap-qmp-cmds.c, blockdev.c.
import type { DirtyBitmap } from '../../block/dirty-bitmap.ts';
import {
  addBitmap,
  createDirtyBitmap,
  mergeDirty,
  removeBitmap,
} from '../../block/dirty-bitmap.ts';
import { lookupNode } from '../../block/graph.ts';
import {
  findBitmap,
  refuseBusyBitmap,
  refuseFixedBitmap,
  refuseRemoval,
} from '../../block/named-bitmap.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeLength } from '../../block/node.ts';
import { NO_BITMAPS } from '../../block/qcow2-bitmaps.ts';
import { qcow2State } from '../../drivers/qcow2-read.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { flagArg, notSimulated, numberArg, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiAlternate } from '../qapi.ts';
import { optional, required } from '../qapi.ts';

/** The result of an action, with the function that undoes it if the transaction fails; or the answer to the client instead. */
export type BitmapChange =
  | { readonly kind: 'done'; readonly undo: () => void; readonly commit?: () => void }
  | Exclude<CommandResult, { readonly kind: 'return' }>;

interface BitmapAction {
  readonly name: string;
  readonly args: readonly Member[];
  readonly act: (vm: Vm, args: JsonObject) => BitmapChange;
}

const failed = (desc: string): BitmapChange => ({
  kind: 'error',
  errorClass: 'GenericError',
  desc,
});
const done = (undo: () => void): BitmapChange => ({ kind: 'done', undo });

const ONE: readonly Member[] = [required('node', 'string'), required('name', 'string')];

/** A chunk takes a byte here. */
const MOST_CHUNKS: number = 1 << 26;

/** BDRV_BITMAP_MAX_NAME_SIZE. */
const LONGEST_NAME = 1023;

const add: BitmapAction = {
  name: 'block-dirty-bitmap-add',
  args: [
    ...ONE,
    optional('granularity', 'uint32'),
    optional('persistent', 'boolean'),
    optional('disabled', 'boolean'),
  ],
  act(vm, args) {
    const name = stringArg(args, 'name') ?? '';
    if (name === '') return failed('Bitmap name cannot be empty');
    const node = lookupNode(vm.layer, stringArg(args, 'node') ?? '');
    if (typeof node === 'string') return failed(node);
    const granularity = numberArg(args, 'granularity') ?? defaultGranularity(node);
    if (granularity < 512 || !Number.isInteger(Math.log2(granularity)))
      return failed('Granularity must be power of 2 and at least 512');
    const persistent = flagArg(args, 'persistent') === true;
    const misfit = (persistent ? refusePersistent(node, name) : null) ?? refuseName(node, name);
    if (misfit !== null) return failed(misfit);
    if (nodeLength(node) / granularity > MOST_CHUNKS)
      return notSimulated('a bitmap of so many chunks') as BitmapChange;
    const recording = flagArg(args, 'disabled') !== true;
    const bitmap = createDirtyBitmap(nodeLength(node), granularity, recording);
    bitmap.name = name;
    bitmap.persistent = persistent;
    addBitmap(node, bitmap);
    return done(() => removeBitmap(node, bitmap));
  },
};

function refuseName(node: BlockNode, name: string): string | null {
  if (findBitmap(node, name) !== undefined) return `Bitmap already exists: ${name}`;
  return name.length > LONGEST_NAME ? `Bitmap name too long: ${name}` : null;
}

/** bdrv_can_store_new_dirty_bitmap: only qcow2 keeps a bitmap in its image. */
function refusePersistent(node: BlockNode, name: string): string | null {
  if (node.driver.dropBitmap === undefined)
    return `Can't store persistent bitmaps to ${node.name}: Operation not supported`;
  if (node.driver.name === 'qcow2' && qcow2State(node).image.version === 2)
    return `Can't make bitmap '${name}' persistent in '${node.name}': ${NO_BITMAPS}`;
  return name.length > LONGEST_NAME
    ? `Can't make bitmap '${name}' persistent in '${node.name}': Name length exceeds maximum (${LONGEST_NAME} characters)`
    : null;
}

/** A cluster of the image, but between 4 and 64 KiB. */
function defaultGranularity(node: BlockNode): number {
  const size = node.driver.imageInfo?.(node)['cluster-size'];
  return Math.min(Math.max(typeof size === 'number' ? size : 65_536, 4096), 65_536);
}

/** block_dirty_bitmap_lookup. A string is the refusal. */
function lookUp(
  vm: Vm,
  args: JsonObject,
): { readonly node: BlockNode; readonly bitmap: DirtyBitmap } | string {
  const nodeName = stringArg(args, 'node') ?? '';
  const node = lookupNode(vm.layer, nodeName);
  if (typeof node === 'string') return `Node '${nodeName}' not found`;
  const name = stringArg(args, 'name') ?? '';
  const bitmap = findBitmap(node, name);
  return bitmap === undefined ? `Dirty bitmap '${name}' not found` : { node, bitmap };
}

/** An action that changes one bitmap, which no job may use. */
const change = (
  verb: string,
  act: (node: BlockNode, bitmap: DirtyBitmap) => () => void,
  refuse: (bitmap: DirtyBitmap) => string | null = refuseFixedBitmap,
): BitmapAction => ({
  name: `block-dirty-bitmap-${verb}`,
  args: ONE,
  act(vm, args) {
    const found = lookUp(vm, args);
    if (typeof found === 'string') return failed(found);
    const { node, bitmap } = found;
    const why = refuse(bitmap);
    return why === null ? done(act(node, bitmap)) : failed(why);
  },
});

/** The bitmap leaves its image at once, and its node when the whole transaction succeeds: until then no other action may use it. */
const remove: BitmapAction = {
  name: 'block-dirty-bitmap-remove',
  args: ONE,
  act(vm, args) {
    const found = lookUp(vm, args);
    if (typeof found === 'string') return failed(found);
    const { node, bitmap } = found;
    const why = refuseRemoval(bitmap);
    if (why !== null) return failed(why);
    if (bitmap.persistent) node.driver.dropBitmap?.(node, bitmap.name ?? '');
    bitmap.busy = true;
    return {
      kind: 'done',
      undo: () => {
        bitmap.busy = false;
      },
      commit: () => removeBitmap(node, bitmap),
    };
  },
};

/** A copy of the contents, to restore them. */
function keep(bitmap: DirtyBitmap): () => void {
  const { nrDirty } = bitmap;
  const copy = bitmap.dirty.slice();
  return () => {
    bitmap.dirty.set(copy);
    bitmap.nrDirty = nrDirty;
  };
}

const clear = change('clear', (_node, bitmap) => {
  const restore = keep(bitmap);
  bitmap.dirty.fill(0);
  bitmap.nrDirty = 0;
  return restore;
});

function setRecording(bitmap: DirtyBitmap, recording: boolean): () => void {
  const before = bitmap.recording;
  bitmap.recording = recording;
  return () => {
    bitmap.recording = before;
  };
}

const record = (verb: string, recording: boolean): BitmapAction =>
  change(verb, (_node, bitmap) => setRecording(bitmap, recording), refuseBusyBitmap);

const enable = record('enable', true);
const disable = record('disable', false);

export const BITMAP_SOURCE: QapiAlternate = {
  kind: 'alternate',
  name: 'BlockDirtyBitmapOrStr',
  of: () => ['string', { kind: 'struct', members: ONE }],
};

const merge: BitmapAction = {
  name: 'block-dirty-bitmap-merge',
  args: [
    required('node', 'string'),
    required('target', 'string'),
    required('bitmaps', { kind: 'list', of: BITMAP_SOURCE }),
  ],
  act(vm, args) {
    const node = stringArg(args, 'node') ?? '';
    const target = lookUp(vm, { node, name: args['target'] as string });
    if (typeof target === 'string') return failed(target);
    const sources: DirtyBitmap[] = [];
    for (const source of args['bitmaps'] as readonly Json[]) {
      const found = lookUp(vm, isJsonObject(source) ? source : { node, name: source });
      if (typeof found === 'string') return failed(found);
      const refusal = refuseMerge(target.bitmap, found.bitmap);
      if (refusal !== null) return failed(refusal);
      sources.push(found.bitmap);
    }
    const fixed = refuseFixedBitmap(target.bitmap);
    if (fixed !== null) return failed(fixed);
    const restore = keep(target.bitmap);
    for (const source of sources) mergeDirty(target.bitmap, source);
    return done(restore);
  },
};

const refuseMerge = (into: DirtyBitmap, from: DirtyBitmap): string | null =>
  refuseBusyBitmap(from) ??
  (into.length === from.length
    ? null
    : `Bitmaps are of different sizes (destination size is ${into.length}, source size is ${from.length}) and can't be merged`);

export const BITMAP_ACTIONS: readonly BitmapAction[] = [add, remove, clear, enable, disable, merge];

export const dirtyBitmapCommands: readonly QmpCommand[] = BITMAP_ACTIONS.map(
  ({ name, args, act }) => ({
    name,
    args,
    run(vm, given) {
      const result = act(vm, given);
      if (result.kind !== 'done') return result;
      result.commit?.();
      return success();
    },
  }),
);
