// offsets.ts — Chooses the offset and the length of the next I/O. After fio's io_u.c: get_next_offset, get_next_buflen.
import type { Prng } from '@dmsim/sim';
import { uniform } from '@dmsim/sim';

import type { PickBlock } from './distribution.ts';
import { pickerOf } from './distribution.ts';
import type { BlockSizes, ByDirection, Direction, JobOptions } from './job-options.ts';
import { DIRECTIONS, WORKLOADS } from './job-options.ts';
import type { RandomMap } from './random-map.ts';
import { createRandomMap, MAX_BLOCKS, nextFree, resetRandomMap, takeBlocks } from './random-map.ts';

/** The part of a file that a job works on, in bytes. */
export interface Extent {
  readonly start: number;
  readonly length: number;
}

export interface Offsets {
  readonly extent: Extent;
  readonly sizes: ByDirection<BlockSizes>;
  readonly random: boolean;
  /** Random offsets are multiples of this: the smallest size of an I/O. */
  readonly grain: number;
  readonly pick: PickBlock | null;
  readonly map: RandomMap | null;
  /** The offset of the next sequential I/O of each direction, in bytes from the extent's start. */
  readonly position: Record<Direction, number>;
  /** The bytes that the current pass has covered. */
  inPass: number;
}

/** Returns a message if the random map would be too large. */
export function createOffsets(options: JobOptions, extent: Extent): Offsets | string {
  const { rw, blockSizes, distribution, norandommap } = options;
  const workload = WORKLOADS[rw];
  const random = workload?.random === true;
  const used = workload?.directions ?? DIRECTIONS;
  const grain = Math.min(...used.map((way) => smallest(blockSizes[way])));
  const blocks = Math.floor(extent.length / grain);
  const mapped = random && distribution.kind === 'random' && !norandommap;
  if (mapped && blocks > MAX_BLOCKS)
    return "fio: failed allocating random map. If running a large number of jobs, try the 'norandommap' option or set 'softrandommap'. Or give a larger --alloc-size to fio.";
  return {
    extent,
    sizes: blockSizes,
    random,
    grain,
    pick: random ? pickerOf(distribution, blocks) : null,
    map: mapped ? createRandomMap(blocks) : null,
    position: { read: 0, write: 0, trim: 0 },
    inPass: 0,
  };
}

export const smallest = (sizes: BlockSizes): number =>
  sizes.kind === 'range' ? sizes.min : Math.min(...sizes.parts.map(({ bytes }) => bytes));

export const largest = (sizes: BlockSizes): number =>
  sizes.kind === 'range' ? sizes.max : Math.max(...sizes.parts.map(({ bytes }) => bytes));

/** The next I/O. The record is reused for each one. */
export interface Place {
  offset: number;
  length: number;
}

/** Returns false if the pass is over. Then `startPass` begins another one. */
export function nextPlace(o: Offsets, rng: Prng, direction: Direction, place: Place): boolean {
  const length = drawLength(o, rng, direction);
  const found = o.random
    ? randomPlace(o, rng, length, place)
    : sequentialPlace(o, direction, length, place);
  if (found) o.inPass += place.length;
  return found;
}

function drawLength({ sizes, grain }: Offsets, rng: Prng, direction: Direction): number {
  const choice = sizes[direction];
  if (choice.kind === 'split') {
    let left = uniform(rng) * 100;
    for (const { bytes, percent } of choice.parts) {
      left -= percent;
      if (left < 0) return bytes;
    }
    return choice.parts.at(-1)?.bytes ?? grain;
  }
  const { min, max } = choice;
  if (min === max) return min;
  // The length is a multiple of the smallest size, and each one is equally likely.
  return min * (1 + Math.floor(uniform(rng) * Math.floor(max / min)));
}

function sequentialPlace(o: Offsets, direction: Direction, length: number, place: Place): boolean {
  const position = o.position[direction];
  const left = o.extent.length - position;
  // The rest of the pass is used if one block of the grain fits.
  const fits = Math.min(length, Math.floor(left / o.grain) * o.grain);
  if (fits <= 0) return false;
  place.offset = o.extent.start + position;
  place.length = fits;
  o.position[direction] = position + fits;
  return true;
}

function randomPlace(o: Offsets, rng: Prng, length: number, place: Place): boolean {
  const { map, grain, extent, pick } = o;
  if (pick === null) return false;
  if (map === null) {
    if (o.inPass + length > extent.length) return false;
    const block = pick(rng);
    const last = extent.length - length;
    place.offset = extent.start + Math.min(block * grain, Math.floor(last / grain) * grain);
    place.length = length;
    return last >= 0;
  }
  if (map.free === 0) return false;
  const block = nextFree(map, pick(rng));
  const taken = takeBlocks(map, block, Math.ceil(length / grain));
  place.offset = extent.start + block * grain;
  place.length = Math.min(length, taken * grain);
  return true;
}

export function startPass(o: Offsets): void {
  for (const way of DIRECTIONS) o.position[way] = 0;
  o.inPass = 0;
  if (o.map !== null) resetRandomMap(o.map);
}
