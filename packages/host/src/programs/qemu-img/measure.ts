// measure.ts — qemu-img measure: how large a new image would be, counted as QEMU counts its clusters.
import { fail } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { HostFiles } from '@dmsim/qemu';

import { parseCreateOptions } from './create.ts';
import type { Image } from './image.ts';
import { extents, isZero, openImage, readAt, sizeOf } from './image.ts';
import { imgOptions, wantsJson } from './img-options.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

const SPEC = {
  short: 'hf:O:o:U',
  long: { output: 'output:', size: 'size:', object: 'object:' },
};

const SECTOR = 512;

interface Measured {
  readonly required: number;
  readonly full: number;
}

export function measure(t: Tool, files: HostFiles, args: readonly string[]): number {
  const { value, operands } = imgOptions(t, SPEC, args);
  const json = wantsJson(t, value('output'));
  const asked = askedSize(t, value('size'), operands.length);
  const path = operands[0] ?? '';
  const image = asked === null ? openImage(t, files, path, { format: value('f') ?? null }) : null;
  const format = value('O') ?? 'raw';
  if (format !== 'raw' && format !== 'qcow2') fail(t, `Unknown file format '${format}'`);
  const { clusterSize } = parseCreateOptions(t, value('o') ?? '');
  const bytes = Math.ceil((asked ?? sizeOf(image as Image)) / SECTOR) * SECTOR;
  const measured =
    format === 'raw' ? { required: bytes, full: bytes } : measureQcow2(image, bytes, clusterSize);
  print(t, measured, { json, hasBitmaps: format === 'qcow2' && image?.format === 'qcow2' });
  return 0;
}

/** The size that was given instead of a file; null if it was a file. */
function askedSize(t: Tool, text: string | undefined, files: number): number | null {
  const size = text === undefined ? null : parseSize(text);
  if (text !== undefined && size === null) fail(t, `Invalid image size specified. ${WRONG_SUFFIX}`);
  if (files > 1) fail(t, 'At most one filename argument is allowed.');
  if (files > 0 && size !== null) fail(t, '--size N cannot be used together with a filename.');
  if (files === 0 && size === null) fail(t, 'Either --size N or one filename must be specified.');
  return size;
}

function print(
  t: Tool,
  { required, full }: Measured,
  { json, hasBitmaps }: { readonly json: boolean; readonly hasBitmaps: boolean },
): void {
  if (json) {
    const bitmaps = hasBitmaps ? '    "bitmaps": 0,\n' : '';
    t.out.put(`{\n${bitmaps}    "required": ${required},\n    "fully-allocated": ${full}\n}\n`);
    return;
  }
  t.out.put(`required size: ${required}\nfully allocated size: ${full}\n`);
  if (hasBitmaps) t.out.put('bitmaps size: 0\n');
}

function measureQcow2(image: Image | null, size: number, clusterSize: number): Measured {
  const whole = roundUp(size, clusterSize);
  const full = metadataOf(whole, clusterSize) + whole;
  const data = image === null ? 0 : dataClusters(image, clusterSize) * clusterSize;
  return { required: full - whole + data, full };
}

const roundUp = (n: number, unit: number): number => Math.ceil(n / unit) * unit;

/** Bytes for the header and the tables of an image that holds all of its data. */
function metadataOf(size: number, clusterSize: number): number {
  const entries = clusterSize / 8;
  const l2 = roundUp(size / clusterSize, entries);
  const l1 = roundUp((l2 * 8) / clusterSize, entries);
  const tables = clusterSize + l2 * 8 + l1 * 8;
  return tables + refcountBytes((tables + size) / clusterSize, clusterSize);
}

/** The tables of reference counts count themselves too. */
function refcountBytes(clusters: number, clusterSize: number): number {
  let blocks = 0;
  let table = 0;
  for (let last = -1; last !== blocks + table;) {
    last = blocks + table;
    blocks = Math.ceil((clusters + table + blocks) / (clusterSize / 2));
    table = Math.ceil(blocks / (clusterSize / 8));
  }
  return (blocks + table) * clusterSize;
}

const PAGE = 4096;

/** How many clusters of the new image have data; pages of zeroes in a raw file are taken for holes. */
function dataClusters(image: Image, clusterSize: number): number {
  const clusters = new Set<number>();
  for (const { start, length, image: from, offset } of extents(image, 0, sizeOf(image))) {
    if (from === null || offset === null) continue;
    const end = start + length;
    const step = from.qcow2 === null ? PAGE : clusterSize;
    for (let at = start; at < end; at += step) {
      const known = from.qcow2 !== null;
      if (known || !isZero(readAt(image, at, Math.min(PAGE, end - at))))
        clusters.add(Math.floor(at / clusterSize));
    }
  }
  return clusters.size;
}
