// create.ts — qemu-img create, resize, commit, rebase: what changes an image.
import { Failure, fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import {
  besideFile,
  formatQcow2,
  growImage,
  l1SizeFor,
  MAX_L1_SIZE,
  parseQcow2,
  setBacking,
  shrinkImage,
} from '@dmsim/qemu';
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Image } from './image.ts';
import { extents, openImage, readAt, sizeOf, writeAt, zeroAt } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

/** Makes a file with that content, or a hole of that size; it replaces one that is there. */
export type MakeFile = (path: string, content: Uint8Array | number) => void;

const DEFAULT_CLUSTER = 65536;
const MAX_CLUSTER: number = 2 << 20;

export function create(t: Tool, files: HostFiles, args: readonly string[], make: MakeFile): number {
  const { has, value, operands } = imgOptions(t, { short: 'qf:b:F:o:u' }, args);
  const [path, sizeText, ...rest] = operands.map(textOf);
  if (path === undefined) fail(t, 'Expecting image file name' + TRY);
  if (rest.length > 0) fail(t, `Unexpected argument: ${rest[0]}${TRY}`);
  const format = value('f') ?? 'raw';
  if (format !== 'raw' && format !== 'qcow2') fail(t, `${path}: Unknown file format '${format}'`);
  const unknown = format === 'qcow2' ? unknownOption(value('o') ?? '') : undefined;
  if (unknown !== undefined) fail(t, `${path}: Invalid parameter '${unknown}'`);
  const { clusterSize } = parseCreateOptions(t, value('o') ?? '');
  const backing = backingOf(t, files, {
    path,
    backing: value('b'),
    backingFormat: value('F'),
    isUnsafe: has('u'),
  });
  const size = newSize(t, sizeText, backing);
  if (size === null) fail(t, `${path}: Image creation needs a size parameter`);
  const image: NewImage = { path, format, size, clusterSize, backing };
  if (!has('q')) t.out.put(describe(image));
  make(path, contentOf(t, image));
  return 0;
}

interface NewImage {
  readonly path: string;
  readonly format: 'raw' | 'qcow2';
  readonly size: number;
  readonly clusterSize: number;
  readonly backing: Below | null;
}

/** The image below the new one, and how the new one names it. */
interface Below {
  readonly name: string;
  readonly format: string;
  /** Null: it was not looked at. */
  readonly image: Image | null;
}

interface Named {
  readonly path: string;
  readonly backing: string | undefined;
  readonly backingFormat: string | undefined;
  /** The image below need not be there. */
  readonly isUnsafe: boolean;
}

function backingOf(
  t: Tool,
  files: HostFiles,
  { path, backing, backingFormat, isUnsafe }: Named,
): Below | null {
  if (backing === undefined) return null;
  const name = textOf(backing);
  if (backingFormat === undefined)
    throw new Failure(
      `qemu-img: ${path}: Backing file specified without backing format\nDetected format of ${probe(files, name)}.`,
      1,
    );
  if (isUnsafe) return { name, format: backingFormat, image: null };
  const full = besideFile(path, name);
  if (files.get(full) === undefined)
    fail(
      t,
      `${path}: Could not open '${full}': No such file or directory\nCould not open backing image.`,
    );
  return {
    name,
    format: backingFormat,
    image: openImage(t, files, full, { format: backingFormat }),
  };
}

/** Without one, the size of the image below; null: there is none. */
function newSize(t: Tool, text: string | undefined, backing: Below | null): number | null {
  const below = backing?.image ?? null;
  if (text === undefined) return below === null ? null : sizeOf(below);
  const size = parseSize(text);
  if (size === null) return fail(t, `Invalid image size specified. ${WRONG_SUFFIX}`);
  if (size >= 2 ** 63)
    fail(t, 'Invalid image size specified. Must be between 0 and 9223372036854775807.');
  if (size > Number.MAX_SAFE_INTEGER) refuse(t, `an image of ${text}`);
  return size;
}

function describe({ path, format, size, clusterSize, backing }: NewImage): string {
  if (format === 'raw') return `Formatting '${path}', fmt=raw size=${size}\n`;
  const below =
    backing === null ? '' : ` backing_file=${backing.name} backing_fmt=${backing.format}`;
  return `Formatting '${path}', fmt=qcow2 cluster_size=${clusterSize} extended_l2=off compression_type=zlib size=${size}${below} lazy_refcounts=off refcount_bits=16\n`;
}

function contentOf(
  t: Tool,
  { path, format, size, clusterSize, backing }: NewImage,
): Uint8Array | number {
  if (format === 'raw') return size;
  const wrong = refuseClusterSize(clusterSize);
  if (wrong !== null) fail(t, `${path}: ${wrong}`);
  if (l1SizeFor(size, clusterSize) > MAX_L1_SIZE)
    fail(
      t,
      `${path}: The image size is too large for file format 'qcow2' (try using a larger cluster size)`,
    );
  return formatQcow2({
    virtualSize: size,
    clusterSize,
    backingFile: backing?.name ?? null,
    backingFormat: backing?.format ?? null,
  });
}

export const refuseClusterSize = (size: number): string | null =>
  size < 512 || size > MAX_CLUSTER || !Number.isInteger(Math.log2(size))
    ? 'Cluster size must be a power of two between 512 and 2048k'
    : null;

const probe = (files: HostFiles, path: string): string => {
  const file = files.get(path);
  return file !== undefined && parseQcow2(file) !== null ? 'qcow2' : 'raw';
};

const QCOW2_OPTIONS =
  /^(?:backing_file|backing_fmt|cluster_size|compat|compression_type|data_file|data_file_raw|encrypt\..*|encryption|extended_l2|lazy_refcounts|preallocation|refcount_bits|size)$/u;

/** The first option that qcow2 does not have. */
export const unknownOption = (text: string): string | undefined =>
  text
    .split(',')
    .map((option) => option.split('=')[0] ?? '')
    .find((name) => name !== '' && !QCOW2_OPTIONS.test(name));

export function parseCreateOptions(t: Tool, text: string): { readonly clusterSize: number } {
  let clusterSize = DEFAULT_CLUSTER;
  for (const option of text.split(',').filter((each) => each !== '')) {
    const [name, value = ''] = option.split('=');
    if (name === 'cluster_size') clusterSize = parseSize(value) ?? 0;
    else if (
      !(name === 'compat' && value === '1.1') &&
      !(name === 'preallocation' && value === 'off')
    )
      refuse(t, `qemu-img create -o ${option}`);
  }
  return { clusterSize };
}

export function resize(t: Tool, files: HostFiles, args: readonly string[]): number {
  // The size is taken away first, so that `-1M` is no option.
  const text = args.length < 2 ? null : textOf(args.at(-1) ?? '');
  const { has, value, operands } = imgOptions(
    t,
    { short: 'qf:', long: { shrink: 'shrink', preallocation: 'preallocation:' } },
    args.slice(0, -1),
  );
  const [path] = operands.map(textOf);
  if (path === undefined || text === null) fail(t, `Expecting image file name and size${TRY}`);
  const preallocation = value('preallocation') ?? 'off';
  if (preallocation !== 'off') refuse(t, `qemu-img resize --preallocation=${preallocation}`);
  const image = openImage(t, files, path, { format: value('f') ?? null });
  const size = resized(t, text, sizeOf(image));
  if (size < sizeOf(image)) shrink(t, image, { size, isAllowed: has('shrink') });
  else grow(t, image, size);
  if (!has('q')) t.out.put('Image resized.\n');
  return 0;
}

/** The new size: `2M`, or by how much it changes: `+1M`, `-1M`. */
function resized(t: Tool, text: string, old: number): number {
  const amount = parseSize(text.replace(/^[+-]/u, ''));
  if (amount === null) return fail(t, `Parameter 'size' expects a size`);
  const size = text.startsWith('+') ? old + amount : text.startsWith('-') ? old - amount : amount;
  return size <= 0 ? fail(t, 'New image size must be positive') : size;
}

function shrink(
  t: Tool,
  { qcow2, file }: Image,
  { size, isAllowed }: { readonly size: number; readonly isAllowed: boolean },
): void {
  if (!isAllowed)
    fail(
      t,
      `Use the --shrink option to perform a shrink operation.\nqemu-img: warning: Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.`,
    );
  if (qcow2 !== null) shrinkImage(qcow2, size);
  grow(t, { qcow2, file }, size);
}

function grow(t: Tool, { qcow2, file }: Pick<Image, 'file' | 'qcow2'>, size: number): void {
  if (qcow2 === null) {
    file.truncate(size);
    return;
  }
  const why = growImage(qcow2, size);
  if (why !== null) refuse(t, `qemu-img resize: ${why}`);
}

/** Copies the data of the image into the one below it. */
export function commit(t: Tool, files: HostFiles, args: readonly string[]): number {
  const { has, value, operands } = imgOptions(t, { short: 'qf:t:b:dp' }, args);
  const [path] = operands.map(textOf);
  if (path === undefined) fail(t, 'Expecting one image file name' + TRY);
  if (value('b') !== undefined || has('d')) refuse(t, `qemu-img commit ${args.join(' ')}`);
  const image = openImage(t, files, path, { format: value('f') ?? null });
  const { backing, qcow2 } = image;
  if (backing === null || qcow2 === null) return fail(t, 'Image does not have a backing file');
  if (sizeOf(backing) < sizeOf(image)) grow(t, backing, sizeOf(image));
  for (const { image: from, start, length, offset } of extents(image, 0, sizeOf(image))) {
    if (from !== image) continue;
    const error =
      offset === null
        ? zeroAt(backing, start, length)
        : writeAt(backing, start, readAt(image, start, length));
    orFail(t, error, 'Image commit failed');
  }
  // The image is emptied: all of it comes from below again.
  const { virtualSize, clusterSize, backingFile, backingFormat } = qcow2;
  image.file.truncate(0);
  image.file.writeAt(0, formatQcow2({ virtualSize, clusterSize, backingFile, backingFormat }));
  if (!has('q')) t.out.put('Image committed.\n');
  return 0;
}

/** Another image below: `-u` says so only; without, what would read otherwise is copied up first. */
export function rebase(t: Tool, files: HostFiles, args: readonly string[]): number {
  const { has, value, operands } = imgOptions(t, { short: 'qf:b:F:upt:T:' }, args);
  const [path] = operands.map(textOf);
  const name = value('b');
  if (path === undefined) fail(t, 'Expecting one image file name' + TRY);
  if (name === undefined) fail(t, `Must specify backing file (-b) or use unsafe mode (-u)${TRY}`);
  const image = openImage(t, files, path, { format: value('f') ?? null, alone: has('u') });
  const { qcow2 } = image;
  if (qcow2 === null)
    return fail(
      t,
      `Could not change the backing file to '${textOf(name)}': Operation not supported`,
    );
  const format = value('F') ?? null;
  if (!has('u')) {
    const below =
      name === ''
        ? null
        : openImage(t, files, name, {
            format,
            failing: `Could not open new backing file '${textOf(name)}'`,
          });
    orFail(t, copyUp(image, below), 'error while writing to COW image');
  }
  setBacking(qcow2, name === '' ? null : textOf(name), format);
  return 0;
}

function orFail(t: Tool, error: Errno | undefined, what: string): void {
  if (error !== undefined) fail(t, `${what}: ${strerror(error)}`);
}

function copyUp(image: Image, below: Image | null): Errno | undefined {
  for (const { image: from, start, length } of extents(image, 0, sizeOf(image))) {
    if (from === image) continue;
    const now = readAt(image, start, length);
    const then = below === null ? new Uint8Array(length) : readAt(below, start, length);
    if (now.every((byte, i) => byte === then[i])) continue;
    const error = writeAt(image, start, now);
    if (error !== undefined) return error;
  }
  return undefined;
}
