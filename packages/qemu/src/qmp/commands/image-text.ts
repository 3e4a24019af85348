// image-text.ts — What is known of an image, as text. Mirrors block/qapi.c: bdrv_image_info_dump.
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject, printJson } from '../json.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A size with three significant digits: "2 MiB", "1.81 MiB", "196 KiB". */
export function formatSize(bytes: number): string {
  let power = 0;
  while (bytes / 1024 ** power >= 1000 && power < UNITS.length - 1) power++;
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${UNITS[power] ?? ''}`;
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The lines about an image and about those behind it. */
export function imageLines(info: JsonObject): string[] {
  const { filename, format, 'virtual-size': size, 'actual-size': actual } = info;
  const lines = [
    `image: ${text(filename)}`,
    `file format: ${text(format)}`,
    `virtual size: ${formatSize(Number(size))} (${Number(size)} bytes)`,
    `disk size: ${actual === undefined ? 'unavailable' : formatSize(Number(actual))}`,
  ];
  if (info['cluster-size'] !== undefined)
    lines.push(`cluster_size: ${Number(info['cluster-size'])}`);
  if (info['dirty-flag'] === true) lines.push('cleanly shut down: no');
  lines.push(...backingLines(info), ...specificLines(info['format-specific']));
  const behind = info['backing-image'];
  return isJsonObject(behind) ? [...lines, ...imageLines(behind)] : lines;
}

function backingLines(info: JsonObject): string[] {
  const name = info['backing-filename'];
  if (typeof name !== 'string') return [];
  const full = text(info['full-backing-filename']);
  const lines = [`backing file: ${name}${full === name ? '' : ` (actual path: ${full})`}`];
  const format = info['backing-filename-format'];
  return typeof format === 'string' ? [...lines, `backing file format: ${format}`] : lines;
}

const SPECIFIC = [
  'compat',
  'compression-type',
  'lazy-refcounts',
  'refcount-bits',
  'corrupt',
  'extended-l2',
];

function specificLines(specific: Json | undefined): string[] {
  const lines = formatLines(specific);
  return lines.length === 0 ? [] : ['Format specific information:', ...lines];
}

/** The lines about what only images of that format have. */
export function formatLines(specific: Json | undefined): string[] {
  const data = isJsonObject(specific) ? specific['data'] : undefined;
  if (!isJsonObject(data)) return [];
  return SPECIFIC.filter((name) => name in data).map(
    (name) =>
      `    ${name.replaceAll('-', ' ')}: ${printJson(data[name] as Json).replaceAll('"', '')}`,
  );
}
