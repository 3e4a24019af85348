// measure.ts — qemu-img measure: how large a new image would be, counted as QEMU counts its clusters.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles, Qcow2Image } from '@dmsim/qemu';
import { storedBitmaps } from '@dmsim/qemu';

import type { CreateOptions } from './create-options.ts';
import { BAD_CLUSTER, parseCreateOptions, refuseQcow2 } from './create-options.ts';
import { extents } from './image-data.ts';
import type { ImageFormat } from './image-format.ts';
import { imageFormat } from './image-format.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { imgOptions, wantsJson } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { ofSnapshot } from './of-snapshot.ts';
import { isHole } from './runs.ts';
import { parseSize, SECTOR, WRONG_SUFFIX } from './sizes.ts';

const SPEC = {
  short: 'f:O:o:l:U',
  long: {
    output: 'output:',
    size: 'size:',
    object: 'object:',
    'image-opts': 'image-opts',
  },
};

interface Measured {
  readonly required: number;
  readonly full: number;
}

export function measure(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const given = imgOptions(t, SPEC, args);
  const { value } = given;
  const json = wantsJson(t, value('output'));
  const asked = askedSize(t, given);
  const image = asked === null ? measuredImage(t, files, given) : null;
  const named = value('O') ?? 'raw';
  const format = imageFormat(t, named, `Unknown file format '${named}'`);
  const options = optionsOf(t, format, given);
  const bytes = Math.ceil((asked ?? sizeOf(image as Image)) / SECTOR) * SECTOR;
  const measured =
    format === 'raw' ? { required: bytes, full: bytes } : measureQcow2(image, bytes, options);
  const qcow2 = format === 'qcow2' ? (image?.qcow2 ?? null) : null;
  print(t, measured, { json, bitmaps: qcow2 === null ? null : bitmapBytes(qcow2, options) });
  return 0;
}

type Given = ReturnType<typeof imgOptions>;

function measuredImage(t: ImgTool, files: HostFiles, { has, value, operands }: Given): Image {
  const image = openImage(t, files, operands[0] ?? '', {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    forceShare: has('U'),
  });
  const snapshot = value('l');
  return snapshot === undefined ? image : ofSnapshot(t, [image], textOf(snapshot));
}

function optionsOf(t: ImgTool, format: ImageFormat, { given }: Given): CreateOptions {
  const texts = given.filter(([key]) => key === 'o').map(([, text]) => textOf(text));
  const options = parseCreateOptions(format, texts);
  if (typeof options === 'string')
    return fail(t, `${options}\nqemu-img: Invalid options for file format '${format}'`);
  const wrong = format === 'qcow2' ? refuseQcow2(options) : null;
  if (wrong === BAD_CLUSTER) fail(t, wrong);
  if (wrong !== null) refuse(t, `qemu-img measure with options that are wrong: ${wrong}`);
  return options;
}

function checkFiles(t: ImgTool, { has, value, operands }: Given): void {
  if (operands.length > 1) fail(t, 'At most one filename argument is allowed.');
  const isOfFile = has('image-opts') || value('f') !== undefined || value('l') !== undefined;
  if (operands.length === 0 && isOfFile)
    fail(t, '--image-opts, -f, and -l require a filename argument.');
}

/** The size that was given instead of a file; null if it was a file. */
function askedSize(t: ImgTool, given: Given): number | null {
  const text = given.value('size');
  const files = given.operands.length;
  const size = text === undefined ? null : parseSize(text);
  if (size !== null && size >= 2 ** 63)
    fail(t, 'Invalid image size specified. Must be between 0 and 9223372036854775807.');
  if (text !== undefined && size === null) fail(t, `Invalid image size specified. ${WRONG_SUFFIX}`);
  checkFiles(t, given);
  if (files > 0 && size !== null) fail(t, '--size N cannot be used together with a filename.');
  if (files === 0 && size === null) fail(t, 'Either --size N or one filename must be specified.');
  return size;
}

function print(
  t: ImgTool,
  { required, full }: Measured,
  { json, bitmaps }: { readonly json: boolean; readonly bitmaps: number | null },
): void {
  if (json) {
    const member = bitmaps === null ? '' : `    "bitmaps": ${bitmaps},\n`;
    t.out.put(`{\n${member}    "required": ${required},\n    "fully-allocated": ${full}\n}\n`);
    return;
  }
  t.out.put(`required size: ${required}\nfully allocated size: ${full}\n`);
  if (bitmaps !== null) t.out.put(`bitmaps size: ${bitmaps}\n`);
}

/** The bytes that the image's bitmaps would take in the new one. As qcow2_get_persistent_dirty_bitmap_size. */
function bitmapBytes(image: Qcow2Image, options: CreateOptions): number {
  const clusterSize = Number(options.get('cluster_size') ?? 65536);
  let bytes = 0;
  let directory = 0;
  for (const { name, granularity, flags } of storedBitmaps(image)) {
    if ((flags & BITMAP_IN_USE) !== 0) continue;
    const bits = Math.ceil(image.virtualSize / granularity);
    const clusters = Math.ceil(bits / 8 / clusterSize);
    bytes += clusters * clusterSize + roundUp(clusters * 8, clusterSize);
    directory += roundUp(BITMAP_ENTRY + name.length, 8);
  }
  return bytes + roundUp(directory, clusterSize);
}

const BITMAP_IN_USE = 1;
/** The size of an entry of the directory without its name. */
const BITMAP_ENTRY = 24;

/** The sizes on which the size of the tables depends. */
interface Layout {
  readonly clusterSize: number;
  /** The size of an entry of an L2 table. */
  readonly l2Entry: number;
  readonly refcountBits: number;
}

function measureQcow2(image: Image | null, size: number, options: CreateOptions): Measured {
  const layout: Layout = {
    clusterSize: Number(options.get('cluster_size') ?? 65536),
    l2Entry: options.get('extended_l2') === 'on' ? 16 : 8,
    refcountBits: Number(options.get('refcount_bits') ?? 16),
  };
  const { clusterSize } = layout;
  const whole = roundUp(size, clusterSize);
  const full = metadataOf(whole, layout) + whole;
  const fills = /^(?:full|falloc)$/u.test(options.get('preallocation') ?? 'off');
  // Nobody knows how much of the data the new image's backing file has.
  if (image !== null && options.has('backing_file')) return { required: full, full };
  const data = image === null ? 0 : dataClusters(image, clusterSize) * clusterSize;
  return { required: fills ? full : full - whole + data, full };
}

const roundUp = (n: number, unit: number): number => Math.ceil(n / unit) * unit;

/** Bytes for the header and the tables of an image that holds all of its data. */
function metadataOf(size: number, layout: Layout): number {
  const { clusterSize, l2Entry } = layout;
  const l2 = roundUp(size / clusterSize, clusterSize / l2Entry);
  const l1 = roundUp((l2 * l2Entry) / clusterSize, clusterSize / 8);
  const tables = clusterSize + l2 * l2Entry + l1 * 8;
  return tables + refcountBytes((tables + size) / clusterSize, layout);
}

/** The tables of reference counts count themselves too. */
function refcountBytes(clusters: number, { clusterSize, refcountBits }: Layout): number {
  let blocks = 0;
  let table = 0;
  for (let last = -1; last !== blocks + table;) {
    last = blocks + table;
    blocks = Math.ceil((clusters + table + blocks) / ((clusterSize * 8) / refcountBits));
    table = Math.ceil(blocks / (clusterSize / 8));
  }
  return (blocks + table) * clusterSize;
}

const PAGE = 4096;

/** How many clusters of the new image have data; holes in a raw file are none. */
function dataClusters(image: Image, clusterSize: number): number {
  const clusters = new Set<number>();
  for (const { start, length, image: from, offset } of extents(image, 0, sizeOf(image))) {
    if (from === null || offset === null) continue;
    const end = start + length;
    const step = from.qcow2 === null ? PAGE : clusterSize;
    for (let at = start; at < end; at += step) {
      const known = from.qcow2 !== null;
      if (known || !isHole(from, offset + at - start, Math.min(PAGE, end - at)))
        clusters.add(Math.floor(at / clusterSize));
    }
  }
  return clusters.size;
}
