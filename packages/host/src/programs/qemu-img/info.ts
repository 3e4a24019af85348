// info.ts — qemu-img info and map: what only looks.
import { fail } from '@dmsim/coreutils';
import { formatTime } from '@dmsim/libc';
import type { HostFile, HostFiles, Qcow2Image } from '@dmsim/qemu';
import type { Snapshot } from '@dmsim/qemu';
import {
  besideFile,
  describeSnapshot,
  flagsOf,
  formatSize,
  NOT_COUNTED,
  readSnapshots,
  storedBitmaps,
} from '@dmsim/qemu';

import type { Image, OpenImage } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { imgOptions, TRY, wantsJson } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import type { Run } from './runs.ts';
import { mapRuns } from './runs.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

const PAGE = 4096;

/** An inode of ext4 has room for so many extents; more take a block of their own. */
const INLINE_EXTENTS = 4;

/** The size that stat would report on ext4. */
const diskSize = ({ file }: Image): number => file.sizeOnDisk() + (hasManyExtents(file) ? PAGE : 0);

function hasManyExtents(file: HostFile): boolean {
  if (file.isHole === undefined) return false;
  const end = file.size();
  let extents = 0;
  let wasHole = true;
  for (let at = 0; at < end && extents <= INLINE_EXTENTS; at += PAGE) {
    const hole = file.isHole(at);
    if (wasHole && !hole) extents++;
    wasHole = hole;
  }
  return extents > INLINE_EXTENTS;
}

export const operand = (t: ImgTool, [path, ...more]: readonly string[]): string =>
  path === undefined || more.length > 0 ? fail(t, `Expecting one image file name${TRY}`) : path;

export function info(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const long = { output: 'output:', 'backing-chain': 'backing-chain', 'image-opts': 'image-opts' };
  const { has, value, operands } = imgOptions(t, { short: 'f:U', long }, args);
  const json = wantsJson(t, value('output'));
  const path = operand(t, operands);
  const opening = {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    alone: true,
    looksOnly: true,
    forceShare: has('U'),
  };
  const chain = has('backing-chain')
    ? chainOf(t, files, path, opening)
    : [openImage(t, files, path, opening)];
  if (json) {
    const texts = chain.map(infoJson);
    t.out.put(has('backing-chain') ? `[\n${texts.map(indent).join(',\n')}\n]\n` : `${texts[0]}\n`);
  } else t.out.put(chain.map(infoText).join('\n'));
  return 0;
}

/** Opened one by one: of a chain that is broken, the first image that is missing is named. */
function chainOf(
  t: ImgTool,
  files: HostFiles,
  path: string,
  { above = [], ...opening }: OpenImage & { readonly above?: readonly string[] },
): Image[] {
  if (above.includes(path)) fail(t, `Backing file '${path}' creates an infinite loop.`);
  const image = openImage(t, files, path, opening);
  const { backingFile, backingFormat } = image.qcow2 ?? { backingFile: null, backingFormat: null };
  if (backingFile === null) return [image];
  const below = besideFile(image.path, backingFile);
  return [
    image,
    ...chainOf(t, files, below, {
      ...opening,
      isOptions: false,
      format: backingFormat,
      above: [...above, path],
    }),
  ];
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
    if (qcow2.dirty) lines.push('cleanly shut down: no');
    if (qcow2.backingFile !== null) {
      const full = besideFile(path, qcow2.backingFile);
      const actual = full === qcow2.backingFile ? '' : ` (actual path: ${full})`;
      lines.push(`backing file: ${qcow2.backingFile}${actual}`);
      if (qcow2.backingFormat !== null) lines.push(`backing file format: ${qcow2.backingFormat}`);
    }
    lines.push(...snapshotLines(qcow2), ...specificLines(qcow2));
  }
  return `${lines.join('\n')}\n`;
}

/** The snapshots within the image, with a heading if there are any. Mirrors bdrv_snapshot_dump. */
export function snapshotLines(image: Qcow2Image): string[] {
  const list = readSnapshots(image);
  if (list.length === 0) return [];
  return ['Snapshot list:', SNAPSHOT_HEADING, ...list.map(snapshotLine)];
}

const snapshotRow = ([id, tag, ...rest]: readonly string[]): string => {
  const [size = '', date = '', clock = '', icount = ''] = rest;
  return `${id} ${tag} ${size.padStart(8)}${date.padStart(20)}${clock.padStart(13)}${icount.padStart(11)}`;
};

const SNAPSHOT_HEADING = snapshotRow([
  'ID'.padEnd(9),
  'TAG'.padEnd(16),
  'VM SIZE',
  'DATE',
  'VM CLOCK',
  'ICOUNT',
]);

const two = (n: number): string => String(n).padStart(2, '0');

function snapshotLine(snapshot: Snapshot): string {
  const { id, name, vmStateSize, seconds, vmClock } = snapshot;
  const date = formatTime('%Y-%m-%d %H:%M:%S', seconds);
  const whole = Math.floor(vmClock / 1e9);
  const clock = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${String(Math.floor(vmClock / 1e6) % 1000).padStart(3, '0')}`;
  const counted = snapshot.icount === NOT_COUNTED ? '' : String(snapshot.icount);
  return snapshotRow([
    id.padEnd(9),
    name.padEnd(16),
    formatSize(vmStateSize),
    date,
    clock,
    counted,
  ]);
}

const compatOf = ({ version }: Qcow2Image): string => (version === 2 ? '0.10' : '1.1');

/** Details that only a qcow2 image has. */
export const specificLines = (image: Qcow2Image): string[] => [
  'Format specific information:',
  ...[
    `compat: ${compatOf(image)}`,
    'compression type: zlib',
    ...(image.version === 2 ? [] : [`lazy refcounts: ${image.lazyRefcounts}`]),
    ...bitmapLines(image),
    'refcount bits: 16',
    ...(image.version === 2 ? [] : [`corrupt: ${image.corrupt}`, 'extended l2: false']),
  ].map((line) => `    ${line}`),
];

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
            "compat": "${compatOf(image)}",
            "compression-type": "zlib",${image.version === 2 ? '' : `\n            "lazy-refcounts": ${image.lazyRefcounts},`}${bitmapsJson(image)}
            "refcount-bits": 16${
              image.version === 2
                ? ''
                : `,
            "corrupt": ${image.corrupt},
            "extended-l2": false`
            }
        }
    }`;

const text = (value: string): string => JSON.stringify(value);

function snapshotsJson(image: Qcow2Image): string[] {
  const list = readSnapshots(image).map((snapshot) => {
    const members = Object.entries(describeSnapshot(snapshot)).map(
      ([name, value]) => `            "${name}": ${JSON.stringify(value)}`,
    );
    return `        {\n${members.join(',\n')}\n        }`;
  });
  return list.length === 0 ? [] : [`    "snapshots": [\n${list.join(',\n')}\n    ]`];
}

function infoJson(image: Image): string {
  const { path, format, qcow2 } = image;
  const members: string[] = qcow2 === null ? [] : snapshotsJson(qcow2);
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
  members.push(`    "dirty-flag": ${qcow2?.dirty ?? false}`);
  return `{\n${members.join(',\n')}\n}`;
}

export function map(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const long = {
    output: 'output:',
    'start-offset': 's:',
    'max-length': 'l:',
    'image-opts': 'image-opts',
  };
  const { has, value, operands } = imgOptions(t, { short: 'f:Us:l:', long }, args);
  const json = wantsJson(t, value('output'));
  const start = offsetOf(t, value('s') ?? '0', 'start offset');
  const length = value('l') === undefined ? Infinity : offsetOf(t, value('l') ?? '', 'max length');
  const image = openImage(t, files, operand(t, operands), {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    forceShare: has('U'),
  });
  const runs = mapRuns(image, start, Math.min(sizeOf(image), start + length));
  if (runs.length === 0) runs.push(NO_RUN);
  if (json) t.out.put(mapJson(runs));
  else t.out.put(mapText(runs));
  return 0;
}

const offsetOf = (t: ImgTool, text: string, what: string): number =>
  parseSize(text) ?? fail(t, `Invalid ${what} specified. ${WRONG_SUFFIX}`);

/** The run that QEMU shows when it was asked for nothing. */
const NO_RUN: Run = {
  start: 0,
  length: 0,
  depth: 0,
  from: null,
  zero: false,
  data: false,
  present: false,
  offset: null,
};

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
  const shown = runs.filter(({ data, zero }) => data && !zero);
  return (
    row(['Offset', 'Length', 'Mapped to', 'File']) +
    shown
      .map(({ start, length, offset, from }) =>
        row([hex(start), hex(length), hex(offset ?? 0), from?.path ?? '']),
      )
      .join('')
  );
}
