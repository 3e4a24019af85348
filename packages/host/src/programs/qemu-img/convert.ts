// convert.ts — qemu-img convert: an image becomes another one, with the data of its whole chain, or of its top alone.
import { fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { formatQcow2 } from '@dmsim/qemu';
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { MakeFile } from './create.ts';
import { parseCreateOptions, refuseClusterSize, unknownOption } from './create.ts';
import type { Extent, Image } from './image.ts';
import { extents, isZero, openImage, readAt, sizeOf, writeAt, zeroAt } from './image.ts';
import { imgOptions } from './img-options.ts';

/** The simulated options; QEMU has more, which are refused by name. */
const SPEC = { short: 'hf:O:B:CcF:o:l:S:pt:T:qnm:WUr:s' };
const FOREIGN = ['C', 'c', 'l', 'S', 'm', 'W', 'r', 's'];

/** The most that is written at once. */
const CHUNK: number = 1 << 20;

export function convert(
  t: Tool,
  files: HostFiles,
  args: readonly string[],
  make: MakeFile,
): number {
  const { has, value, operands } = imgOptions(t, SPEC, args);
  const foreign = FOREIGN.find((letter) => has(letter) || value(letter) !== undefined);
  if (foreign !== undefined) refuse(t, `qemu-img convert -${foreign}`);
  const [from, to, ...more] = operands.map(textOf);
  if (from === undefined || to === undefined) return fail(t, 'Must specify image file name');
  if (more.length > 0) refuse(t, 'qemu-img convert of several images');
  const wanted = wantedOf(value, to);
  const isThere = has('n');
  refuseWanted(t, wanted, isThere);
  const source = openImage(t, files, from, { format: value('f') ?? null });
  if (!isThere) make(to, contentOf(t, wanted, sizeOf(source)));
  const target = openImage(t, files, to, { format: wanted.format });
  if (sizeOf(target) < sizeOf(source)) fail(t, 'output file is smaller than input file');
  const onlyTop = wanted.backingFile !== null;
  copy(t, { source, target, onlyTop, writesZeroes: isThere || onlyTop });
  return 0;
}

interface Wanted {
  readonly path: string;
  readonly format: string;
  readonly options: string | undefined;
  readonly backingFile: string | null;
  readonly backingFormat: string | null;
}

function wantedOf(value: (name: string) => string | undefined, path: string): Wanted {
  const backing = value('B');
  return {
    path,
    format: value('O') ?? 'raw',
    options: value('o'),
    backingFile: backing === undefined ? null : textOf(backing),
    backingFormat: value('F') ?? null,
  };
}

function refuseWanted(t: Tool, wanted: Wanted, isThere: boolean): void {
  if (isThere && wanted.options !== undefined)
    fail(t, '-o has no effect when skipping image creation');
  if (wanted.backingFile !== null && wanted.backingFormat === null)
    fail(t, 'Use of backing file requires explicit backing format');
}

/** The new image: its bytes, or the size of a hole. */
function contentOf(t: Tool, wanted: Wanted, size: number): Uint8Array | number {
  const { format, options, backingFile } = wanted;
  if (format === 'qcow2') return qcow2Of(t, wanted, size);
  if (format !== 'raw') return fail(t, `Unknown file format '${format}'`);
  if (backingFile !== null) fail(t, "Backing file not supported for file format 'raw'");
  if (options !== undefined) refuse(t, `qemu-img convert -O raw -o ${options}`);
  return size;
}

function qcow2Of(t: Tool, wanted: Wanted, virtualSize: number): Uint8Array {
  const { path, options = '', backingFile, backingFormat } = wanted;
  const unknown = unknownOption(options);
  if (unknown !== undefined) fail(t, `Invalid parameter '${unknown}'`);
  const { clusterSize } = parseCreateOptions(t, options);
  const why =
    refuseClusterSize(clusterSize) ??
    (backingFile === null && backingFormat !== null
      ? 'Backing format cannot be used without backing file'
      : null);
  if (why !== null) fail(t, `${path}: error while converting qcow2: ${why}`);
  return formatQcow2({ virtualSize, clusterSize, backingFile, backingFormat });
}

interface Copy {
  readonly source: Image;
  readonly target: Image;
  /** What lies below the source lies below the target, too. */
  readonly onlyTop: boolean;
  /** False for a new image, which reads as zeroes. */
  readonly writesZeroes: boolean;
}

function copy(t: Tool, what: Copy): void {
  const { source, onlyTop } = what;
  for (const extent of extents(source, 0, sizeOf(source))) {
    if (onlyTop && extent.image !== source) continue;
    const { start, length } = extent;
    for (let at = start; at < start + length; at += CHUNK) {
      const error = copyPiece(what, extent, at);
      if (error !== undefined) fail(t, `error while writing at byte ${at}: ${strerror(error)}`);
    }
  }
}

function copyPiece(
  { source, target, writesZeroes }: Copy,
  { image, offset, start, length }: Extent,
  at: number,
): Errno | undefined {
  const bytes = Math.min(CHUNK, start + length - at);
  if (image === null || offset === null)
    return writesZeroes ? zeroAt(target, at, bytes) : undefined;
  return writeSparsely(target, { at, data: readAt(source, at, bytes), writesZeroes });
}

/** The shortest run of zeroes that qemu-img leaves out: 4 KiB. */
const PIECE = 4096;

function writeSparsely(
  target: Image,
  {
    at: start,
    data,
    writesZeroes,
  }: { readonly at: number; readonly data: Uint8Array; readonly writesZeroes: boolean },
): Errno | undefined {
  for (let at = 0; at < data.length; at += PIECE) {
    const piece = data.subarray(at, at + PIECE);
    let error: Errno | undefined;
    if (!isZero(piece)) error = writeAt(target, start + at, piece);
    else if (writesZeroes) error = zeroAt(target, start + at, piece.length);
    if (error !== undefined) return error;
  }
  return undefined;
}
