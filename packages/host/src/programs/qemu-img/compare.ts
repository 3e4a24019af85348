// compare.ts — qemu-img compare: whether two images read alike, piece by piece as both say what they hold.
import { fail } from '@dmsim/coreutils';
import type { HostFiles } from '@dmsim/qemu';

import { isZero, readAt } from './image-data.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { checkCache, imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import type { Progress } from './progress.ts';
import { beginProgress, endProgress, progress } from './progress.ts';
import type { Run } from './runs.ts';
import { mapRuns } from './runs.ts';
import { CHUNK, SECTOR } from './sizes.ts';

export function compare(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'f:F:T:qpsU', long: { 'image-opts': 'image-opts' } };
  const { has, value, operands } = imgOptions(t, spec, args);
  const [first, second, ...rest] = operands;
  if (first === undefined || second === undefined || rest.length > 0)
    return fail(t, `Expecting two image file names${TRY}`);
  checkCache(t, value('T'), { what: 'source cache', status: 2 });
  const isOptions = has('image-opts');
  const opened = (path: string, format: string | undefined): Image =>
    openImage(t, files, path, {
      format: format ?? null,
      isOptions,
      status: 2,
      forceShare: has('U'),
    });
  const [a, b] = [opened(first, value('f')), opened(second, value('F'))];
  const shown = beginProgress(t, has('p') && !has('q'));
  const said = compareImages({ a, b, strict: has('s'), shown });
  if (!has('q')) t.out.put(said.map((line) => `${line}\n`).join(''));
  endProgress(shown);
  return said.at(-1) === ALIKE ? 0 : 1;
}

const ALIKE = 'Images are identical.';

interface Comparison {
  readonly a: Image;
  readonly b: Image;
  readonly strict: boolean;
  readonly shown: Progress;
}

/** Returns what is printed. */
function compareImages({ a, b, strict, shown }: Comparison): string[] {
  const sizes = [sizeOf(a), sizeOf(b)] as const;
  if (strict && sizes[0] !== sizes[1]) return ['Strict mode: Image size mismatch!'];
  const common = Math.min(...sizes);
  const whole = Math.max(...sizes);
  progress(shown, 0);
  for (const piece of pieces(a, b, common)) {
    const why = differ({ a, b, strict }, piece);
    if (why !== null) return [why];
    progress(shown, (piece.length / whole) * 100);
  }
  if (sizes[0] === sizes[1]) return [ALIKE];
  const at = firstBeyond(sizes[0] > sizes[1] ? a : b, common);
  return ['Warning: Image size mismatch!', at === null ? ALIKE : mismatch(at)];
}

const mismatch = (offset: number): string => `Content mismatch at offset ${offset}!`;

/** A stretch of both disks that each of them holds in one way. */
interface Piece {
  readonly start: number;
  readonly length: number;
  readonly x: Run;
  readonly y: Run;
}

function* pieces(a: Image, b: Image, end: number): Generator<Piece> {
  const [xs, ys] = [mapRuns(a, 0, end), mapRuns(b, 0, end)];
  let [i, k] = [0, 0];
  for (let start = 0; start < end;) {
    const [x, y] = [xs[i] as Run, ys[k] as Run];
    const [xEnd, yEnd] = [x.start + x.length, y.start + y.length];
    const most = x.zero && y.zero ? Infinity : CHUNK;
    const stop = Math.min(xEnd, yEnd, start + most);
    yield { start, length: stop - start, x, y };
    start = stop;
    if (stop === xEnd) i++;
    if (stop === yEnd) k++;
  }
}

function differ(
  { a, b, strict }: Omit<Comparison, 'shown'>,
  { start, length, x, y }: Piece,
): string | null {
  if (strict && statusOf(x, sizeOf(a)) !== statusOf(y, sizeOf(b)))
    return `Strict mode: Offset ${start} block status mismatch!`;
  if (x.zero && y.zero) return null;
  const [p, q] = [readAt(a, start, length), readAt(b, start, length)];
  const at = p.findIndex((byte, i) => byte !== q[i]);
  return at < 0 ? null : mismatch(start + at - (at % SECTOR));
}

/** A run that reaches the end of its image says so, too. */
const statusOf = ({ present, zero, data, offset, start, length }: Run, size: number): string =>
  [present, zero, data, offset !== null, start + length === size].join();

/** Returns the offset of data in the larger image beyond the end of the smaller one; null if it has only zeroes there. */
function firstBeyond(larger: Image, from: number): number | null {
  const end = sizeOf(larger);
  for (const { start, length, zero } of mapRuns(larger, from, end)) {
    if (zero) continue;
    for (let at = start; at < start + length; at += SECTOR)
      if (!isZero(readAt(larger, at, Math.min(SECTOR, start + length - at)))) return at;
  }
  return null;
}
