// info.ts — qemu-img info, map, check, compare: what only looks.
import { fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Conversion } from '@dmsim/libc';
import { formatFloat } from '@dmsim/libc';
import type { HostFiles, Qcow2Image } from '@dmsim/qemu';
import {
  allocatedClusters,
  besideFile,
  emptyRun,
  flagsOf,
  formatSize,
  keptPlace,
  storedBitmaps,
} from '@dmsim/qemu';

import type { Extent, Image } from './image.ts';
import { extents, isZero, openImage, readAt, sizeOf } from './image.ts';
import { imgOptions, TRY, wantsJson } from './img-options.ts';
import { parseSize } from './sizes.ts';

const PAGE = 4096;

/** The size that stat would report. An image has no holes: its tables are written whole. */
const diskSize = ({ qcow2, file }: Image): number =>
  qcow2 === null ? file.sizeOnDisk() : Math.ceil(file.size() / PAGE) * PAGE;

const operand = (t: Tool, [path, ...more]: readonly string[]): string =>
  path === undefined || more.length > 0 ? fail(t, `Expecting one image file name${TRY}`) : path;

export function info(t: Tool, files: HostFiles, args: readonly string[]): number {
  const long = { output: 'output:', 'backing-chain': 'backing-chain' };
  const { has, value, operands } = imgOptions(t, { short: 'f:U', long }, args);
  const json = wantsJson(t, value('output'));
  const path = operand(t, operands);
  const chain = has('backing-chain')
    ? chainOf(t, files, { path, format: value('f') ?? null })
    : [openImage(t, files, path, { format: value('f') ?? null, alone: true })];
  if (json) {
    const texts = chain.map(infoJson);
    t.out.put(has('backing-chain') ? `[\n${texts.map(indent).join(',\n')}\n]\n` : `${texts[0]}\n`);
  } else t.out.put(chain.map(infoText).join('\n'));
  return 0;
}

/** Opened one by one: of a chain that is broken, the first image that is missing is named. */
function chainOf(
  t: Tool,
  files: HostFiles,
  { path, format }: { readonly path: string; readonly format: string | null },
): Image[] {
  const image = openImage(t, files, path, { format, alone: true });
  const { backingFile, backingFormat } = image.qcow2 ?? { backingFile: null, backingFormat: null };
  if (backingFile === null) return [image];
  const below = { path: besideFile(path, backingFile), format: backingFormat };
  return [image, ...chainOf(t, files, below)];
}

const indent = (text: string): string => text.replaceAll(/^/gmu, '    ');

function infoText(image: Image): string {
  const { path, format, qcow2 } = image;
  const size = sizeOf(image);
  const lines = [
    `image: ${path}`,
    `file format: ${format}`,
    `virtual size: ${formatSize(size)} (${size} bytes)`,
    `disk size: ${formatSize(diskSize(image))}`,
  ];
  if (qcow2 !== null) {
    lines.push(`cluster_size: ${qcow2.clusterSize}`);
    if (qcow2.backingFile !== null) {
      const full = besideFile(path, qcow2.backingFile);
      const actual = full === qcow2.backingFile ? '' : ` (actual path: ${full})`;
      lines.push(`backing file: ${qcow2.backingFile}${actual}`);
      if (qcow2.backingFormat !== null) lines.push(`backing file format: ${qcow2.backingFormat}`);
    }
    lines.push(
      'Format specific information:',
      ...[
        'compat: 1.1',
        'compression type: zlib',
        'lazy refcounts: false',
        ...bitmapLines(qcow2),
        'refcount bits: 16',
        'corrupt: false',
        'extended l2: false',
      ].map((line) => `    ${line}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function bitmapLines(image: Qcow2Image): string[] {
  const lines: string[] = [];
  for (const [i, stored] of storedBitmaps(image).entries()) {
    lines.push(`    [${i}]:`, '        flags:');
    for (const [k, flag] of flagsOf(stored).entries()) lines.push(`            [${k}]: ${flag}`);
    lines.push(`        name: ${stored.name}`, `        granularity: ${stored.granularity}`);
  }
  return lines.length === 0 ? [] : ['bitmaps:', ...lines];
}

function bitmapsJson(image: Qcow2Image): string {
  const list = storedBitmaps(image).map(
    (stored) => `{
                    "flags": [
${flagsOf(stored)
  .map((flag) => `                        "${flag}"`)
  .join(',\n')}${stored.flags === 0 ? '' : '\n'}                    ],
                    "name": ${text(stored.name)},
                    "granularity": ${stored.granularity}
                }`,
  );
  return list.length === 0
    ? ''
    : `
            "bitmaps": [
                ${list.join(',\n                ')}
            ],`;
}

const specific = (image: Qcow2Image): string => `    "format-specific": {
        "type": "qcow2",
        "data": {
            "compat": "1.1",
            "compression-type": "zlib",
            "lazy-refcounts": false,${bitmapsJson(image)}
            "refcount-bits": 16,
            "corrupt": false,
            "extended-l2": false
        }
    }`;

const text = (value: string): string => JSON.stringify(value);

function infoJson(image: Image): string {
  const { path, format, qcow2 } = image;
  const members: string[] = [];
  const backing = qcow2?.backingFile ?? null;
  if (qcow2 !== null && qcow2.backingFormat !== null)
    members.push(`    "backing-filename-format": ${text(qcow2.backingFormat)}`);
  members.push(`    "virtual-size": ${sizeOf(image)}`, `    "filename": ${text(path)}`);
  if (qcow2 !== null) members.push(`    "cluster-size": ${qcow2.clusterSize}`);
  members.push(`    "format": "${format}"`, `    "actual-size": ${diskSize(image)}`);
  if (qcow2 !== null) members.push(specific(qcow2));
  if (backing !== null)
    members.push(
      `    "full-backing-filename": ${text(besideFile(path, backing))}`,
      `    "backing-filename": ${text(backing)}`,
    );
  members.push('    "dirty-flag": false');
  return `{\n${members.join(',\n')}\n}`;
}

/** A run of the disk as `map` shows it. */
interface Run {
  start: number;
  length: number;
  readonly depth: number;
  readonly from: Image | null;
  readonly zero: boolean;
  readonly data: boolean;
  readonly present: boolean;
  readonly offset: number | null;
}

export function map(t: Tool, files: HostFiles, args: readonly string[]): number {
  const long = { output: 'output:', 'start-offset': 's:', 'max-length': 'l:' };
  const { value, operands } = imgOptions(t, { short: 'f:Us:l:', long }, args);
  const json = wantsJson(t, value('output'));
  const image = openImage(t, files, operand(t, operands), { format: value('f') ?? null });
  const start = offsetOf(t, value('s') ?? '0', 'start offset');
  const length = value('l') === undefined ? Infinity : offsetOf(t, value('l') ?? '', 'length');
  const runs = mapRuns(image, start, Math.min(sizeOf(image), start + length));
  if (json) t.out.put(mapJson(runs));
  else t.out.put(mapText(runs));
  return 0;
}

const offsetOf = (t: Tool, text: string, what: string): number =>
  parseSize(text) ?? refuse(t, `qemu-img map with a ${what} of ${text}`);

function mapRuns(image: Image, start: number, end: number): Run[] {
  const runs: Run[] = [];
  for (const extent of extents(image, start, end, { most: Infinity }))
    for (const run of holesOf(extent)) addRun(runs, run);
  return runs;
}

/** In a raw file, pages of zeroes count as holes, since nobody knows which were never written. */
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
  if (image.qcow2 !== null)
    return [{ start, length, depth, from: image, zero: false, data: true, present: true, offset }];
  const runs: Run[] = [];
  for (let at = 0; at < length; at += PAGE) {
    const n = Math.min(PAGE, length - at);
    const zero = isZero(image.file.readAt(offset + at, n));
    addRun(runs, {
      start: start + at,
      length: n,
      depth,
      from: image,
      zero,
      data: !zero,
      present: true,
      offset: offset + at,
    });
  }
  return runs;
}

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

function mapJson(runs: readonly Run[]): string {
  const lines = runs.map(({ start, length, depth, zero, data, present, offset }) => {
    const where = offset === null ? '' : `, "offset": ${offset}`;
    return `{ "start": ${start}, "length": ${length}, "depth": ${depth}, "present": ${present}, "zero": ${zero}, "data": ${data}${where}}`;
  });
  return `[${lines.join(',\n')}]\n`;
}

const row = (cells: readonly string[]): string =>
  `${cells
    .slice(0, 3)
    .map((cell) => cell.padEnd(16))
    .join('')}${cells[3] ?? ''}\n`;

const hex = (n: number): string => (n === 0 ? '0' : `0x${n.toString(16)}`);

function mapText(runs: readonly Run[]): string {
  const shown = runs.filter(({ data }) => data);
  return (
    row(['Offset', 'Length', 'Mapped to', 'File']) +
    shown
      .map(({ start, length, offset, from }) =>
        row([hex(start), hex(length), hex(offset ?? 0), from?.path ?? '']),
      )
      .join('')
  );
}

export function check(t: Tool, files: HostFiles, args: readonly string[]): number {
  const { value, operands } = imgOptions(t, { short: 'f:qr:U', long: { output: 'output:' } }, args);
  const repair = value('r');
  if (repair !== undefined && repair !== 'leaks' && repair !== 'all')
    fail(t, `Unknown option value for -r (expecting 'leaks' or 'all'): ${repair}${TRY}`);
  const image = openImage(t, files, operand(t, operands), { format: value('f') ?? null });
  const { qcow2, path } = image;
  if (qcow2 === null) return fail(t, 'This image format does not support checks', 63);
  const { here, of } = allocatedClusters(qcow2);
  const end = image.file.size();
  const imageEnd = Math.ceil(end / qcow2.clusterSize) * qcow2.clusterSize;
  if (value('output') === 'json') {
    const members = [
      `"image-end-offset": ${imageEnd}`,
      ...(of === 0 ? [] : [`"total-clusters": ${of}`]),
      '"check-errors": 0',
      ...(here === 0 ? [] : [`"allocated-clusters": ${here}`]),
      ...(fragments(qcow2) === 0 ? [] : [`"fragmented-clusters": ${fragments(qcow2)}`]),
      `"filename": ${JSON.stringify(path)}`,
      '"format": "qcow2"',
    ];
    t.out.put(`{\n${members.map((member) => `    ${member}`).join(',\n')}\n}\n`);
    return 0;
  }
  t.out.put('No errors were found on the image.\n');
  if (here > 0)
    t.out.put(
      `${here}/${of} = ${percent(here, of)} allocated, ${percent(fragments(qcow2), here)} fragmented, 0.00% compressed clusters\n`,
    );
  t.out.put(`Image end offset: ${imageEnd}\n`);
  return 0;
}

const percent = (part: number, whole: number): string =>
  `${formatFloat(whole === 0 ? 0 : (part * 100) / whole, HUNDREDTHS)}%`;

const HUNDREDTHS: Conversion = { flags: '', width: 0, precision: 2, letter: 'f' };

/** Clusters that do not lie behind the last one in the file. */
function fragments(image: Qcow2Image): number {
  let next = 0;
  let count = 0;
  for (let cluster = 0; cluster * image.clusterSize < image.virtualSize;) {
    const at = keptPlace(image, cluster);
    cluster += Math.max(1, emptyRun(image, cluster));
    if (at === null) continue;
    if (next !== 0 && at !== next) count++;
    next = at + image.clusterSize;
  }
  return count;
}

const CHUNK: number = 2 << 20;

export function compare(t: Tool, files: HostFiles, args: readonly string[]): number {
  const { has, value, operands } = imgOptions(t, { short: 'f:F:qpsU' }, args);
  const [first, second, ...rest] = operands;
  if (first === undefined || second === undefined || rest.length > 0)
    return fail(t, `Expecting two image file names${TRY}`);
  const [a, b] = [
    openImage(t, files, first, { format: value('f') ?? null, status: 2 }),
    openImage(t, files, second, { format: value('F') ?? null, status: 2 }),
  ];
  const say = (text: string): void => {
    if (!has('q')) t.out.put(text);
  };
  if (has('s') && sizeOf(a) !== sizeOf(b)) {
    say('Strict mode: Image size mismatch!\n');
    return 1;
  }
  const common = Math.min(sizeOf(a), sizeOf(b));
  const at = firstDifference(a, b, common);
  if (at !== null) {
    say(`Content mismatch at offset ${at}!\n`);
    return 1;
  }
  if (sizeOf(a) !== sizeOf(b)) say('Warning: Image size mismatch!\n');
  const beyond = firstBeyond(sizeOf(a) > sizeOf(b) ? a : b, common);
  if (beyond !== null) {
    say(`Content mismatch at offset ${beyond}!\n`);
    return 1;
  }
  say('Images are identical.\n');
  return 0;
}

/** Returns the offset of data in the larger image beyond the end of the smaller one; null if it has only zeroes there. */
function firstBeyond(larger: Image, from: number): number | null {
  const end = sizeOf(larger);
  for (let at = from; at < end; at += CHUNK)
    if (!isZero(readAt(larger, at, Math.min(CHUNK, end - at)))) return at;
  return null;
}

/** Returns the offset of the first sector that differs; null if none does. */
function firstDifference(a: Image, b: Image, size: number): number | null {
  for (let at = 0; at < size; at += CHUNK) {
    const n = Math.min(CHUNK, size - at);
    const [x, y] = [readAt(a, at, n), readAt(b, at, n)];
    const i = x.findIndex((byte, k) => byte !== y[k]);
    if (i >= 0) return at + Math.floor(i / 512) * 512;
  }
  return null;
}
