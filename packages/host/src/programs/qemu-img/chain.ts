// chain.ts — qemu-img commit and rebase: data moves between the images of a chain.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { besideFile, emptyImage, setBacking } from '@dmsim/qemu';
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Extent } from './image-data.ts';
import { extents, readAt, writeAt, zeroAt } from './image-data.ts';
import { imageFormat } from './image-format.ts';
import { lockForCommit } from './image-locks.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { checkCache, checkRate, imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import type { Progress } from './progress.ts';
import { beginProgress, endProgress, progress } from './progress.ts';
import { setSize } from './resize.ts';
import { CHUNK, SECTOR } from './sizes.ts';

const OPTIONS = { 'image-opts': 'image-opts' };

/** Copies the data of the image into the one below it, or into one further down. */
export function commit(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'qf:t:b:dpr:', long: OPTIONS };
  const { has, value, operands } = imgOptions(t, spec, args);
  checkRate(t, value('r'));
  const path = only(t, operands);
  checkCache(t, value('t'), { what: 'cache' });
  const format = value('f') ?? null;
  const image = openImage(t, files, path, { format, isOptions: has('image-opts'), writes: true });
  const base = baseOf(t, image, value('b'));
  const shown = beginProgress(t, has('p') && !has('q'));
  progress(shown, 0);
  const grows = sizeOf(base) < sizeOf(image);
  const locked = lockForCommit(base, grows);
  if (locked !== null) fail(t, locked);
  if (grows) setSize(t, base, sizeOf(image));
  for (const extent of extents(image, 0, sizeOf(image)))
    if (isAbove(image, base, extent))
      orFail(t, copyDown(image, base, extent), 'Image commit failed');
  if (!has('d') && value('b') === undefined) makeEmpty(t, image);
  // What QEMU prints between the beginning and the end depends on how fast the disk is.
  progress(shown, 100);
  endProgress(shown);
  if (!has('q')) t.out.put('Image committed.\n');
  return 0;
}

function only(t: ImgTool, operands: readonly string[]): string {
  const [path, ...more] = operands.map(textOf);
  return path === undefined || more.length > 0
    ? fail(t, `Expecting one image file name${TRY}`)
    : path;
}

function baseOf(t: ImgTool, image: Image, name: string | undefined): Image {
  if (name !== undefined) {
    const wanted = textOf(name);
    for (let at = image.backing; at !== null; at = at.backing)
      if (at.path === wanted || at.path === besideFile(image.path, wanted)) return at;
    return fail(t, `Did not find '${wanted}' in the backing chain of '${image.path}'`);
  }
  return image.backing ?? fail(t, 'Image does not have a backing file');
}

/** True if that image, or one above it down to the base, holds the extent. */
function isAbove(image: Image, base: Image, { image: from }: Extent): boolean {
  for (let at: Image | null = image; at !== null && at !== base; at = at.backing)
    if (at === from) return true;
  return false;
}

const copyDown = (
  image: Image,
  base: Image,
  { start, length, offset }: Extent,
): Errno | undefined =>
  offset === null
    ? zeroAt(base, start, length, 'unmaps')
    : writeAt(base, start, readAt(image, start, length));

/** Empties the image, so that all of it comes from below again. */
function makeEmpty(t: ImgTool, { qcow2 }: Image): void {
  if (qcow2 === null) return;
  if (qcow2.bitmaps !== null) refuse(t, 'qemu-img commit of an image with bitmaps, without -d');
  emptyImage(qcow2);
}

/** Puts another image below. `-u` only writes its name; without it, data that would read otherwise is copied up first. */
export function rebase(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'qf:b:F:upt:T:U', long: OPTIONS };
  const { has, value, operands } = imgOptions(t, spec, args);
  const path = only(t, operands);
  const name = value('b');
  if (name === undefined && !has('u'))
    fail(t, `Must specify backing file (-b) or use unsafe mode (-u)${TRY}`);
  checkCache(t, value('t'), { what: 'cache' });
  checkCache(t, value('T'), { what: 'source cache' });
  const image = openImage(t, files, path, {
    format: value('f') ?? null,
    alone: has('u'),
    isOptions: has('image-opts'),
    writes: true,
  });
  const format = value('F') ?? null;
  if (format !== null) imageFormat(t, format, `Invalid format name: '${textOf(format)}'`);
  const shown = beginProgress(t, has('p') && !has('q'));
  progress(shown, 0);
  if (!has('u'))
    orFail(
      t,
      copyUp(image, newBelow(t, files, { name, format, forceShare: has('U') }), shown),
      COW_FAILED,
    );
  changeBacking(t, image, { name: name === undefined ? '' : textOf(name), format });
  progress(shown, 100);
  endProgress(shown);
  return 0;
}

const COW_FAILED = 'error while writing to COW image';

interface NewBacking {
  readonly name: string | undefined;
  readonly format: string | null;
  readonly forceShare: boolean;
}

function newBelow(
  t: ImgTool,
  files: HostFiles,
  { name, format, forceShare }: NewBacking,
): Image | null {
  if (name === undefined || name === '') return null;
  const failing = `Could not open new backing file '${textOf(name)}'`;
  return openImage(t, files, name, { format, failing, forceShare });
}

function changeBacking(
  t: ImgTool,
  { qcow2 }: Image,
  { name, format }: { readonly name: string; readonly format: string | null },
): void {
  const failed = `Could not change the backing file to '${name}'`;
  if (name !== '' && format === null) fail(t, `${failed}: backing format must be specified`);
  if (qcow2 === null) return fail(t, `${failed}: Operation not supported`);
  setBacking(qcow2, name === '' ? null : name, format);
}

function orFail(t: ImgTool, error: Errno | undefined, what: string): void {
  if (error !== undefined) fail(t, `${what}: ${strerror(error)}`);
}

/** Writes the sectors that would read otherwise. */
function copyUp(image: Image, below: Image | null, shown: Progress): Errno | undefined {
  const size = sizeOf(image);
  const step = 100 / Math.floor(size / Math.min(size, CHUNK));
  for (const { start, length } of extentsToCompare(image, below)) {
    for (let at = start; at < start + length; at += CHUNK) {
      const error = copyDifferent(image, below, {
        at,
        bytes: Math.min(CHUNK, start + length - at),
      });
      if (error !== undefined) return error;
      progress(shown, step);
    }
  }
  return undefined;
}

/** What lies below the image itself; if the new image below is one of the chain, only what lies above that. Runs are as long as can be. */
function extentsToCompare(image: Image, below: Image | null): { start: number; length: number }[] {
  const inChain = chainOf(image).find(({ path }) => path === below?.path) ?? null;
  const runs: { start: number; length: number }[] = [];
  for (const extent of extents(image, 0, sizeOf(image))) {
    const { image: from, start, length } = extent;
    if (from === image || (inChain !== null && !isAbove(image, inChain, extent))) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.length === start) last.length += length;
    else runs.push({ start, length });
  }
  return runs;
}

/** The images below the one at the top. */
function chainOf({ backing }: Image): Image[] {
  return backing === null ? [] : [backing, ...chainOf(backing)];
}

function copyDifferent(
  image: Image,
  below: Image | null,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): Errno | undefined {
  const now = readAt(image, at, bytes);
  const then = below === null ? new Uint8Array(bytes) : readAt(below, at, bytes);
  const differs = (i: number): boolean => {
    const end = Math.min(i + SECTOR, bytes);
    for (let k = i; k < end; k++) if (now[k] !== then[k]) return true;
    return false;
  };
  for (let i = 0; i < bytes; i += SECTOR) {
    if (!differs(i)) continue;
    let end = i + SECTOR;
    while (end < bytes && differs(end)) end += SECTOR;
    const error = writeAt(image, at + i, now.subarray(i, Math.min(end, bytes)));
    if (error !== undefined) return error;
    i = end - SECTOR;
  }
  return undefined;
}
