// runs.ts — The runs of a disk that are alike: in which image of the chain they lie, and whether they hold data or zeroes.
import type { Extent } from './image-data.ts';
import { extents, isZero } from './image-data.ts';
import type { Image } from './image.ts';
import { isPreallocated } from './preallocate.ts';

const PAGE = 4096;

/** A run of the disk as `map` shows it. */
export interface Run {
  start: number;
  length: number;
  readonly depth: number;
  readonly from: Image | null;
  readonly zero: boolean;
  readonly data: boolean;
  readonly present: boolean;
  readonly offset: number | null;
}

export function mapRuns(image: Image, start: number, end: number): Run[] {
  const runs: Run[] = [];
  for (const extent of extents(image, start, end, { most: Infinity }))
    for (const run of holesOf(extent)) addRun(runs, run);
  return runs;
}

const knownPreallocated = (image: Image): boolean => (image.preallocated ??= isPreallocated(image));

/** A raw file has holes of whole pages, and so has a qcow2 image whose clusters have got places before their data. */
function holesOf({ start, length, depth, image, offset, kept }: Extent): Run[] {
  if (image === null || offset === null)
    return [
      {
        start,
        length,
        depth: image === null ? Math.max(0, depth - 1) : depth,
        from: image,
        zero: true,
        data: false,
        present: image !== null,
        offset: kept ?? null,
      },
    ];
  if (image.qcow2 !== null && !knownPreallocated(image))
    return [{ start, length, depth, from: image, zero: false, data: true, present: true, offset }];
  const isData = image.qcow2 !== null;
  const runs: Run[] = [];
  // The last sector of a disk may reach beyond the end of its file.
  const end = image.qcow2 === null ? image.file.size() - offset : Infinity;
  for (let at = 0, n = 0; at < length; at += n) {
    n = Math.min(PAGE, length - at, at < end ? end - at : PAGE);
    const zero = at >= end || isHole(image, offset + at, n);
    addRun(runs, {
      start: start + at,
      length: n,
      depth,
      from: image,
      zero,
      data: isData || !zero,
      present: true,
      offset: offset + at,
    });
  }
  return runs;
}

/** A page that was never written to; of files that don't know, one of zeroes. */
export const isHole = ({ file }: Image, offset: number, bytes: number): boolean =>
  file.isHole?.(offset) ?? isZero(file.readAt(offset, bytes));

function addRun(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  const follows =
    last !== undefined &&
    last.from === run.from &&
    last.depth === run.depth &&
    last.zero === run.zero &&
    (run.offset === null || last.offset === null
      ? run.offset === last.offset
      : last.offset + last.length === run.offset);
  if (follows) last.length += run.length;
  else runs.push({ ...run });
}
