// truncate-node.ts — Changes the size of a node, down to the file. Mirrors block/io.c: bdrv_co_truncate.
import type { Blocking } from '../aio/main-loop.ts';
import { resizeBitmap } from '../block/dirty-bitmap.ts';
import { flushTableForGood } from '../block/flush-table.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, noteWrite, primaryChild } from '../block/node.ts';
import type { FreedRun } from '../block/qcow2-freed.ts';
import { l1SizeFor } from '../block/qcow2-l1.ts';
import { growImage, shrinkImage } from '../block/qcow2-resize.ts';
import { discardFreed } from './discard-freed.ts';
import { hostFile } from './file.ts';
import { qcow2State } from './qcow2-read.ts';
import { dropEntry, writeCaches } from './qcow2-tables.ts';
import { fileOf } from './raw.ts';

/** Formats without tables of their own have the size of what is below. */
const PASSES_ON: ReadonlySet<string> = new Set(['raw', 'blkdebug', 'throttle']);

/** QCOW_MAX_L1_SIZE, in entries. */
const LARGEST_L1: number = (32 << 20) / 8;

export type Truncated =
  | { readonly kind: 'done'; readonly freed?: Freed }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'not simulated'; readonly what: string };

/** What an image that was made smaller no longer needs of its file. */
interface Freed {
  readonly image: BlockNode;
  readonly runs: readonly FreedRun[];
}

const DONE: Truncated = { kind: 'done' };
const refused = (why: string): Truncated => ({ kind: 'refused', why });

/** Changes the size, as `truncateNode` does, and waits until what that frees is discarded. */
export function* resizeNode(node: BlockNode, size: number): Blocking<Truncated> {
  const truncated = truncateNode(node, size);
  if (truncated.kind === 'done' && truncated.freed !== undefined)
    yield* discardFreed(truncated.freed.image, truncated.freed.runs);
  return truncated;
}

/** Changes the size, and that of the node's bitmaps. */
export function truncateNode(node: BlockNode, size: number): Truncated {
  const truncated = truncate(node, size);
  if (truncated.kind === 'done') {
    for (const bitmap of node.dirtyBitmaps) resizeBitmap(bitmap, nodeLength(node));
    // To a flush, it is a write.
    for (let at: BlockNode | undefined = node; at !== undefined; at = primaryChild(at))
      at.writeGen++;
  }
  return truncated;
}

function truncate(node: BlockNode, size: number): Truncated {
  const { name } = node.driver;
  const below = primaryChild(node);
  if (PASSES_ON.has(name) && below !== undefined) return truncateNode(below, size);
  if (node.readOnly) return refused('Image is read-only');
  if (name === 'file')
    return hostFile(node).truncate(size) === undefined ? DONE : refused('Failed to resize file');
  if (name !== 'qcow2') return refused('Image format driver does not support resize');
  if (size % 512 !== 0) return refused('The new size must be a multiple of 512');
  const { image } = qcow2State(node);
  if (l1SizeFor(size, image.clusterSize) > LARGEST_L1)
    return refused('Failed to grow the L1 table: File too large');
  const shrinks = size < image.virtualSize;
  if (shrinks) dropEntries(node, size);
  const runs = shrinks ? shrinkImage(image, size) : [];
  const foreign = growImage(image, size);
  if (foreign !== null) return { kind: 'not simulated', what: foreign };
  noteWrite(fileOf(node), SIZE_IN_HEADER, 8);
  flushTableForGood(fileOf(node));
  return { kind: 'done', freed: { image: node, runs } };
}

/** The place of the disk's size in the header of an image, in bytes. */
const SIZE_IN_HEADER: number = 24;

/** What lies beyond the new end is discarded, for which QEMU makes the tables that do not exist. */
function dropEntries(node: BlockNode, size: number): void {
  const { clusterSize, virtualSize } = qcow2State(node).image;
  const end = Math.ceil(virtualSize / clusterSize);
  for (let cluster = Math.ceil(size / clusterSize); cluster < end; cluster++)
    dropEntry(node, cluster);
  writeCaches(node);
}
