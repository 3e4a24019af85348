// bitmap.ts — qemu-img bitmap: the dirty bitmaps that a qcow2 image keeps.
import { fail } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { DirtyBitmap, HostFiles, Qcow2Image } from '@dmsim/qemu';
import {
  createDirtyBitmap,
  dropBitmap,
  loadBitmap,
  mergeDirty,
  NO_BITMAPS,
  storeBitmaps,
  storedBitmaps,
} from '@dmsim/qemu';

import { openImage } from './image.ts';
import { imgOptions } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

const ACTIONS: ReadonlySet<string> = new Set([
  'add',
  'clear',
  'disable',
  'enable',
  'merge',
  'remove',
]);
const LONG: Readonly<Record<string, string>> = {
  'image-opts': 'image-opts',
  ...Object.fromEntries([...ACTIONS].map((name) => [name, name === 'merge' ? 'merge:' : name])),
};

interface Action {
  readonly verb: string;
  /** The bitmap that is merged. */
  readonly from: string;
}

type Given = ReturnType<typeof imgOptions>;

export function bitmap(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const given = imgOptions(t, { short: 'b:F:g:f:U', long: LONG }, args);
  const { has, value, operands } = given;
  const granularity = granularityOf(t, value('g'));
  const actions = actionsOf(args);
  if (actions.length === 0)
    fail(t, 'Need at least one of --add, --remove, --clear, --enable, --disable, or --merge');
  const [path, name] = namesOf(t, operands);
  if (granularity !== null && !has('add')) fail(t, 'granularity only supported with --add');
  checkOther(t, given, actions);
  const { qcow2 } = openImage(t, files, path, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    alone: true,
    writes: true,
  });
  const from = otherBitmaps(t, files, given);
  if (qcow2 === null) return fail(t, keepsNone(actions[0] as Action, textOf(name)));
  const bitmaps = bitmapsOf(qcow2);
  const target: Target = {
    image: qcow2,
    bitmaps,
    others: from ?? bitmaps,
    name: textOf(name),
    granularity,
  };
  const failure = actAll(target, actions);
  storeBitmaps(qcow2, bitmaps);
  return failure === null ? 0 : fail(t, failure);
}

function namesOf(t: ImgTool, operands: readonly string[]): readonly [path: string, name: string] {
  const [path, name, ...rest] = operands;
  return path === undefined || name === undefined || rest.length > 0
    ? fail(t, 'Expecting filename and bitmap name')
    : [path, name];
}

/** A raw image keeps no bitmaps. */
function keepsNone({ verb }: Action, name: string): string {
  const why =
    verb === 'add'
      ? `Can't store persistent bitmaps to ${UNNAMED_NODE}: Operation not supported`
      : `Dirty bitmap '${name}' not found`;
  return `Operation ${verb} on bitmap ${name} failed: ${why}`;
}

/** -b names the image that a bitmap is merged from. */
function checkOther(t: ImgTool, { value }: Given, actions: readonly Action[]): void {
  const other = value('b');
  if (other === undefined && value('F') !== undefined) fail(t, '-F only supported with -b');
  if (other !== undefined && !actions.some(({ verb }) => verb === 'merge'))
    fail(t, 'Merge bitmap source file only supported with --merge');
}

function otherBitmaps(t: ImgTool, files: HostFiles, { has, value }: Given): DirtyBitmap[] | null {
  const other = value('b');
  if (other === undefined) return null;
  const { qcow2 } = openImage(t, files, other, {
    format: value('F') ?? null,
    alone: true,
    forceShare: has('U'),
  });
  return qcow2 === null ? [] : bitmapsOf(qcow2);
}

/** The bitmaps of an image, the newest first. */
export const bitmapsOf = (image: Qcow2Image): DirtyBitmap[] =>
  storedBitmaps(image)
    .map((stored) => loadBitmap(image, stored))
    .toReversed();

/** Stops at the first action that can't be done, and says so. */
function actAll(target: Target, actions: readonly Action[]): string | null {
  for (const action of actions) {
    const why = act(target, action);
    if (why !== null) return `Operation ${action.verb} on bitmap ${target.name} failed: ${why}`;
  }
  return null;
}

function granularityOf(t: ImgTool, text: string | undefined): number | null {
  if (text === undefined) return null;
  const size = parseSize(textOf(text));
  return size ?? fail(t, `Invalid granularity specified. ${WRONG_SUFFIX}`);
}

/** In the order in which they were given. */
function actionsOf(args: readonly string[]): Action[] {
  const actions: Action[] = [];
  for (const [i, arg] of args.entries()) {
    if (arg === '--') break;
    const [verb = '', from] = arg.startsWith('--') ? arg.slice(2).split('=') : [];
    if (ACTIONS.has(verb)) actions.push({ verb, from: textOf(from ?? args[i + 1] ?? '') });
  }
  return actions;
}

interface Target {
  readonly image: Qcow2Image;
  /** The newest first. */
  readonly bitmaps: DirtyBitmap[];
  /** Those that can be merged. */
  readonly others: readonly DirtyBitmap[];
  readonly name: string;
  readonly granularity: number | null;
}

/** Returns why it can't be done, or null. */
function act(target: Target, { verb, from }: Action): string | null {
  const { image, bitmaps, others, name } = target;
  if (verb === 'add') return add(target);
  const found = bitmaps.find((each) => each.name === name);
  const source = verb === 'merge' ? others.find((each) => each.name === from) : found;
  if (found === undefined) return `Dirty bitmap '${name}' not found`;
  if (source === undefined) return `Dirty bitmap '${from}' not found`;
  if (verb === 'merge' && found.length !== source.length)
    return `Bitmaps are of different sizes (destination size is ${found.length}, source size is ${source.length}) and can't be merged`;
  if (verb !== 'remove' && (found.inconsistent || source.inconsistent))
    return `Bitmap '${found.inconsistent ? name : from}' is inconsistent and cannot be used`;
  switch (verb) {
    case 'remove':
      dropBitmap(image, name);
      bitmaps.splice(bitmaps.indexOf(found), 1);
      return null;
    case 'clear':
      found.dirty.fill(0);
      found.nrDirty = 0;
      return null;
    case 'merge':
      mergeDirty(found, source);
      return null;
    default:
      found.recording = verb === 'enable';
      return null;
  }
}

const DEFAULT_GRANULARITY: number = 64 << 10;
const LEAST_DEFAULT = 4096;

/** The second node that QEMU names, after that of the file. Its last two digits are random. */
const UNNAMED_NODE = '#block100';

function add({ image, bitmaps, name, granularity }: Target): string | null {
  const least = Math.max(image.clusterSize, LEAST_DEFAULT);
  const size = granularity ?? Math.min(least, DEFAULT_GRANULARITY);
  // QEMU takes the number as one of 32 bits.
  if (size % 2 ** 32 < 512 || !Number.isInteger(Math.log2(size)))
    return 'Granularity must be power of 2 and at least 512';
  if (name === '') return 'Bitmap name cannot be empty';
  if (image.version === 2)
    return `Can't make bitmap '${name}' persistent in '${UNNAMED_NODE}': ${NO_BITMAPS}`;
  if (bitmaps.some((each) => each.name === name)) return `Bitmap already exists: ${name}`;
  const made = createDirtyBitmap(image.virtualSize, size);
  made.name = name;
  made.persistent = true;
  bitmaps.unshift(made);
  return null;
}
