// create.ts — qemu-img create: an empty image.
import { Failure, fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles, Preallocation } from '@dmsim/qemu';
import { besideFile, formatQcow2, l1SizeFor, MAX_L1_SIZE } from '@dmsim/qemu';

import type { CreateOptions } from './create-options.ts';
import {
  featuresOf,
  parseCreateOptions,
  preallocationOf,
  refuseQcow2,
  shownOptions,
} from './create-options.ts';
import type { ImageFormat } from './image-format.ts';
import { imageFormat } from './image-format.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { asksForHelp, listOptions } from './option-help.ts';
import { preallocate } from './preallocate.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

/** Makes a file with that content, or a hole of that size; it replaces one that is there. */
export type MakeFile = (
  path: string,
  content: Uint8Array | number,
  /** How a refusal begins, if the file is in use. */
  failing: string,
) => void;

export function create(
  t: ImgTool,
  files: HostFiles,
  args: readonly string[],
  make: MakeFile,
): number {
  const { has, value, given, operands } = imgOptions(t, { short: 'qf:b:F:o:u' }, args);
  const texts = given.filter(([key]) => key === 'o').map(([, text]) => textOf(text));
  if (texts.includes('')) fail(t, 'Invalid option list: ');
  const named = value('f') ?? 'raw';
  if (asksForHelp(texts)) return listOptions(t, named, operands.length > 0);
  const { path, size } = operandsOf(t, operands);
  const format = imageFormat(t, named, `${path}: Unknown file format '${named}'`);
  const parsed = parseCreateOptions(format, texts);
  if (typeof parsed === 'string') return fail(t, `${path}: ${parsed}`);
  const options = new Map(parsed);
  const why = addArguments(options, {
    format,
    size,
    backing: value('b'),
    backingFormat: value('F'),
  });
  if (why !== null) fail(t, `${path}: ${why}`);
  const below = backingOf(t, files, { path, options, isUnsafe: has('u') });
  if (!options.has('size')) {
    if (below === null) fail(t, `${path}: Image creation needs a size parameter`);
    options.set('size', String(sizeOf(below)));
  }
  if (!has('q')) t.out.put(`Formatting '${path}', fmt=${format}${shownOptions(format, options)}\n`);
  if (format === 'raw' && options.get('preallocation') === 'metadata') {
    make(path, 0, path);
    fail(t, `${path}: Unsupported preallocation mode: metadata`);
  }
  make(path, contentOf(t, { path, format, options }), path);
  if (format === 'qcow2') fill(t, files, path, preallocationOf(options));
  return 0;
}

function fill(t: ImgTool, files: HostFiles, path: string, mode: Preallocation | null): void {
  if (mode === null) return;
  preallocate(t, openImage(t, files, path, { format: 'qcow2', writes: true }), { mode });
}

function operandsOf(
  t: ImgTool,
  operands: readonly string[],
): { readonly path: string; readonly size: bigint | undefined } {
  const [path, text, ...rest] = operands.map(textOf);
  if (path === undefined) fail(t, 'Expecting image file name' + TRY);
  const size = text === undefined ? undefined : sizeGiven(t, text);
  if (rest.length > 0) fail(t, `Unexpected argument: ${rest[0]}${TRY}`);
  return { path, size };
}

function sizeGiven(t: ImgTool, text: string): bigint {
  if (/^\d+$/u.test(text)) {
    const size = BigInt(text);
    return size < 1n << 63n ? size : fail(t, TOO_LARGE);
  }
  const size = parseSize(text);
  if (size === null) return fail(t, `Invalid image size specified. ${WRONG_SUFFIX}`);
  return size < 2 ** 63 ? BigInt(size) : fail(t, TOO_LARGE);
}

const TOO_LARGE = 'Invalid image size specified. Must be between 0 and 9223372036854775807.';

interface Arguments {
  readonly format: ImageFormat;
  readonly size: bigint | undefined;
  readonly backing: string | undefined;
  readonly backingFormat: string | undefined;
}

/** Puts among the options what has options of its own. Returns why that can't be, or null. */
function addArguments(
  options: Map<string, string>,
  { format, size, backing, backingFormat }: Arguments,
): string | null {
  if (size !== undefined && options.has('size'))
    return 'The image size must be specified only once';
  if (size !== undefined) options.set('size', String(size));
  if (backing !== undefined) {
    if (format === 'raw') return "Backing file not supported for file format 'raw'";
    options.set('backing_file', textOf(backing));
  }
  if (backingFormat !== undefined) {
    if (format === 'raw') return "Backing file format not supported for file format 'raw'";
    options.set('backing_fmt', textOf(backingFormat));
  }
  return null;
}

interface Named {
  readonly path: string;
  readonly options: CreateOptions;
  /** The image below need not be there. */
  readonly isUnsafe: boolean;
}

/** The image below the new one; null: there is none, or it was not looked at. */
function backingOf(t: ImgTool, files: HostFiles, { path, options, isUnsafe }: Named): Image | null {
  const [name, format] = [options.get('backing_file'), options.get('backing_fmt')];
  if (name === undefined) return null;
  if (name === '') fail(t, `${path}: Expected backing file name, got empty string`);
  if (name === path)
    fail(t, `${path}: Error: Trying to create an image with the same filename as the backing file`);
  if (isUnsafe && format !== undefined) return null;
  const image = openBackingOf(t, files, { path, name, format });
  if (format === undefined)
    throw new Failure(
      `qemu-img: ${path}: Backing file specified without backing format\nDetected format of ${image.format}.`,
      1,
    );
  return image;
}

function openBackingOf(
  t: ImgTool,
  files: HostFiles,
  {
    path,
    name,
    format,
  }: { readonly path: string; readonly name: string; readonly format: string | undefined },
): Image {
  try {
    const full = besideFile(path, name);
    return openImage(t, files, full, {
      format: format ?? null,
      failing: path,
      looksOnly: true,
      forceShare: true,
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`${error.message}Could not open backing image.\n`, error.status);
  }
}

interface NewImage {
  readonly path: string;
  readonly format: ImageFormat;
  readonly options: CreateOptions;
}

function contentOf(t: ImgTool, { path, format, options }: NewImage): Uint8Array | number {
  const wrong = format === 'qcow2' ? refuseQcow2(options) : null;
  if (wrong !== null) fail(t, `${path}: ${wrong}`);
  const size = Number(options.get('size'));
  if (size >= 2 ** 63) fail(t, `${path}: Could not resize image: Image size cannot be negative`);
  const features = featuresOf(t, options);
  const { clusterSize } = features;
  if (format === 'qcow2' && l1SizeFor(size, clusterSize) > MAX_L1_SIZE)
    fail(
      t,
      `${path}: The image size is too large for file format 'qcow2' (try using a larger cluster size)`,
    );
  if (size > Number.MAX_SAFE_INTEGER) refuse(t, `an image of ${options.get('size')} bytes`);
  if (format === 'raw') return rawContent(t, path, { options, size: Math.ceil(size / 512) * 512 });
  return formatQcow2({
    virtualSize: Math.ceil(size / 512) * 512,
    ...features,
    backingFile: options.get('backing_file') ?? null,
    backingFormat: options.get('backing_fmt') ?? null,
  });
}

/** Preallocated in full, a raw image holds zeroes instead of a hole. */
function rawContent(
  t: ImgTool,
  path: string,
  { options, size }: { readonly options: CreateOptions; readonly size: number },
): Uint8Array | number {
  const mode = options.get('preallocation') ?? 'off';
  if (mode === 'off') return size;
  if (mode === 'full') return new Uint8Array(size);
  if (mode === 'falloc') return refuse(t, 'qemu-img create -f raw -o preallocation=falloc');
  return fail(t, `${path}: Parameter 'preallocation' does not accept value '${mode}'`);
}
