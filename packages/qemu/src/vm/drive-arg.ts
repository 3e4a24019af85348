// drive-arg.ts — Parses the value of -drive: options of the drive itself, and those of its node. Mirrors blockdev.c: drive_new, blockdev_init.
import { optionsOfName } from '../drivers/file-name.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { words } from '../qmp/qapi.ts';
import type { KeyValue } from './key-value.ts';
import { nestOptions, parseJson, splitOptions } from './key-value.ts';

export interface DriveArg {
  readonly text: string;
  readonly id: string;
  readonly interface: string;
  readonly options: JsonObject;
  /** True if no format was given, so the format is probed from the file. */
  readonly isProbed: boolean;
  /** False if there is no such cache mode. */
  readonly isCached: boolean;
  /** True for a cache mode in which each write reaches the disk before it is answered. */
  readonly writesThrough: boolean;
  readonly werror: string | null;
  readonly rerror: string | null;
  readonly retryInterval: string | null;
  readonly retryTimeout: string | null;
  readonly ioHangTimeout: string | null;
}

/** Options of the drive itself, not of its node. */
const DRIVE_KEYS = new Set([
  'id',
  'if',
  'werror',
  'rerror',
  'retry_interval',
  'retry_timeout',
  'iohang-timeout',
  'media',
  'index',
  'bus',
  'unit',
  'cache',
  'aio',
  'format',
  'file',
  'readonly',
]);

/** The node options that each cache= mode sets. The mode's choice of write-back concerns the device. */
const CACHE_MODES: Readonly<Record<string, readonly string[]>> = {
  none: ['cache.direct'],
  off: ['cache.direct'],
  directsync: ['cache.direct'],
  unsafe: ['cache.no-flush'],
};

const CACHES: ReadonlySet<string> = new Set(
  words('none off writeback unsafe writethrough directsync'),
);

/** The surroundings of a drive, which decide what it does not say itself. */
export interface DrivePlace {
  /** How many drives there are already: a drive without an id is named after it. */
  readonly nrDrives: number;
  /** The interface of a drive that names none. */
  readonly usual: string;
}

/** Parses the value of -drive. An unknown option is one of the drive's node, and refused when that is opened. */
export function parseDrive(text: string, { nrDrives, usual }: DrivePlace): DriveArg {
  const options = splitOptions(text, 'file');
  const get = (key: string): string | null => options.find((o) => o.key === key)?.value ?? null;
  const face = get('if') ?? usual;
  return {
    text,
    id: get('id') ?? defaultId(face, nrDrives),
    interface: face,
    options: nodeOptions(options, get),
    isProbed: get('format') === null && get('file') !== null && describedBy(get('file')) === null,
    isCached: CACHES.has(get('cache') ?? 'writeback'),
    writesThrough: ['writethrough', 'directsync'].includes(get('cache') ?? ''),
    werror: get('werror'),
    rerror: get('rerror'),
    retryInterval: get('retry_interval'),
    retryTimeout: get('retry_timeout'),
    ioHangTimeout: get('iohang-timeout'),
  };
}

function readOnlyOption(readOnly: string | null, media: string | null): KeyValue[] {
  const value = readOnly ?? (media === 'cdrom' ? 'on' : 'off');
  return value === 'off' ? [] : [{ key: 'read-only', value }];
}

/** The options of the drive's node. */
function nodeOptions(
  options: readonly KeyValue[],
  get: (key: string) => string | null,
): JsonObject {
  const rest = options.filter(({ key }) => !DRIVE_KEYS.has(key));
  const [format, file] = [get('format'), get('file')];
  if (format !== null) rest.push({ key: 'driver', value: format });
  rest.push(...readOnlyOption(get('readonly'), get('media')));
  for (const flag of CACHE_MODES[get('cache') ?? ''] ?? []) rest.push({ key: flag, value: 'on' });
  const described = describedBy(file);
  if (file !== null) rest.push(...fileOptions(get, described));
  const nested = { ...described, ...nestOptions(rest) };
  if (file !== null && described === null) nameFile(nested, file);
  const inner = nested['file'];
  if (isJsonObject(inner) && inner['driver'] === undefined) inner['driver'] = 'file';
  // A child given only by a file name uses the driver `file`.
  nameFileDrivers(nested);
  return nested;
}

function fileOptions(
  get: (key: string) => string | null,
  described: JsonObject | null,
): KeyValue[] {
  const aio = get('aio');
  return [
    ...(get('format') === null && described === null ? [{ key: 'driver', value: 'raw' }] : []),
    ...(aio === null ? [] : [{ key: 'file.aio', value: aio }]),
  ];
}

/** The options of a node that are given as `json:{…}` in place of a file's name; null for other names. */
function describedBy(file: string | null): JsonObject | null {
  const described = file?.startsWith('json:') === true ? parseJson(file.slice('json:'.length)) : '';
  return typeof described === 'string' ? null : described;
}

/** The node of a name below the drive's; options of a file are those of the lowest node. */
function nameFile(options: JsonObject, name: string): void {
  const given = isJsonObject(options['file']) ? options['file'] : {};
  const named = optionsOfName(name);
  const { image } = named;
  options['file'] = isJsonObject(image)
    ? { ...named, image: { ...image, ...given } }
    : { ...named, ...given };
}

/** The name that QEMU gives to a drive without one: `virtio0`, `ide0-hd0`. */
const defaultId = (iface: string, n: number): string =>
  iface === 'ide' || iface === 'scsi' ? `${iface}0-hd${n}` : `${iface}${n}`;

function nameFileDrivers(options: JsonObject): void {
  for (const role of ['file', 'image', 'backing']) {
    const child = options[role];
    if (!isJsonObject(child)) continue;
    if (child['driver'] === undefined && child['filename'] !== undefined) child['driver'] = 'file';
    nameFileDrivers(child);
  }
}
