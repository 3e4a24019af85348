// node-options.ts — Files named otherwise than by a path: `json:{…}`, --image-opts, `blkdebug::FILE`, `file:FILE`.
import { refuse } from '@dmsim/coreutils';
import type { HostFile, HostFiles, Json, JsonObject } from '@dmsim/qemu';
import { isJsonObject, nestOptions, parseJson, printJson, splitOptions } from '@dmsim/qemu';

import { checkForeign } from './image-format.ts';
import type { ImgTool } from './img-tool.ts';
import { parseSize } from './sizes.ts';

/** The file to which a name or the options of a node lead. */
export interface NamedFile {
  readonly file: HostFile;
  /** As QEMU shows it. */
  readonly name: string;
  /** Null: what the file's first bytes say. */
  readonly format: string | null;
  /** Undefined: what the image says. */
  readonly backing?: Json;
}

/** Options that change nothing here. */
const WITHOUT_EFFECT =
  /^(?:aio|auto-read-only|cache|cache-clean-interval|cache-size|detect-zeroes|discard|driver|force-share|l2-cache-size|lazy-refcounts|locking|node-name|read-only|refcount-cache-size)$/u;

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  file: ['filename'],
  blkdebug: ['image', 'config'],
  raw: ['file', 'offset', 'size'],
  qcow2: ['file', 'backing'],
};

const missing = (path: string): string => `Could not open '${path}': No such file or directory`;

const NO_FILE = "The 'file' block driver requires a file name";

const noNode = (name: string): string => `Cannot find device='${name}' nor node-name='${name}'`;

/** Parts of QEMU that read other things than files. */
const PROTOCOLS =
  /^(?:fat|ftps?|gluster(?:\+.*)?|host_cdrom|host_device|https?|iscsi|nbd(?:\+.*)?|nfs|null-aio|null-co|nvme|rbd|ssh|vhost.*)$/u;

/** The file of a path. A string says why it can't be opened. */
export function fileAt(t: ImgTool, files: HostFiles, path: string): NamedFile | string {
  if (path.startsWith('json:')) {
    const text = path.slice('json:'.length).trim();
    if (text.startsWith('[')) return 'Invalid JSON object given';
    const options = text === '' ? 'Expecting a JSON value' : parseJson(text);
    return typeof options === 'string'
      ? `Could not parse the JSON options: ${options}`
      : nodeOf(t, files, plain(options));
  }
  const [, protocol, rest = ''] = /^([^:/]*):(.*)$/su.exec(path) ?? [];
  if (protocol === undefined) return plainFile(files, path);
  if (protocol === 'file') return plainFile(files, rest);
  if (protocol === 'blkdebug') return debugged(t, files, rest);
  if (PROTOCOLS.test(protocol)) refuse(t, `the protocol ${protocol}`);
  return `Unknown protocol '${protocol}'`;
}

function plainFile(files: HostFiles, path: string): NamedFile | string {
  if (path === '') return NO_FILE;
  const file = files.get(path);
  return file === undefined ? missing(path) : { file, name: path, format: null };
}

/** CONFIG:FILE */
function debugged(t: ImgTool, files: HostFiles, rest: string): NamedFile | string {
  const at = rest.indexOf(':');
  if (at < 0) return "blkdebug requires raw file to be specified as 'blkdebug:<config>:<image>'";
  const config = rest.slice(0, at);
  if (config !== '' && files.get(config) === undefined)
    return 'Could not read blkdebug config file: No such file or directory';
  if (config !== '') refuse(t, 'rules of blkdebug');
  const below = fileAt(t, files, rest.slice(at + 1));
  return typeof below === 'string' ? below : { ...below, name: `blkdebug::${below.name}` };
}

/** The file of --image-opts. */
export function fileOfOptions(t: ImgTool, files: HostFiles, text: string): NamedFile | string {
  const options = splitOptions(text, null);
  if (options.length === 1 && !text.includes('=')) return noNode(text);
  return nodeOf(t, files, nestOptions(options));
}

/** Members whose names have dots become nested. */
const plain = (options: JsonObject): JsonObject =>
  nestOptions(Object.entries(options).map(([key, value]) => ({ key, value: value as string })));

/** The node with these options. */
function nodeOf(t: ImgTool, files: HostFiles, options: JsonObject): NamedFile | string {
  const { filename } = options;
  const driver = options['driver'] ?? (typeof filename === 'string' ? 'file' : undefined);
  if (driver === undefined) {
    checkKeys(t, options, ['file', 'backing']);
    return withBacking(childOf(t, files, options['file']), options, null);
  }
  if (typeof driver !== 'string') return refuse(t, 'a driver that is no name');
  const known = KNOWN[driver];
  if (known === undefined) return checkForeign(t, driver, `Unknown driver '${driver}'`);
  checkKeys(t, options, known);
  if (driver === 'file') return typeof filename === 'string' ? fileAt(t, files, filename) : NO_FILE;
  const below = childOf(t, files, options[driver === 'blkdebug' ? 'image' : 'file']);
  if (typeof below === 'string') return below;
  if (driver === 'blkdebug') return { ...below, name: `blkdebug::${below.name}` };
  return driver === 'raw' ? window(options, below) : withBacking(below, options, 'qcow2');
}

function checkKeys(t: ImgTool, options: JsonObject, known: readonly string[]): void {
  const foreign = Object.keys(options).find(
    (key) => !known.includes(key) && !WITHOUT_EFFECT.test(key),
  );
  if (foreign !== undefined) refuse(t, `the option ${foreign} of a node`);
}

/** The node that another one names as its child. */
export function childOf(t: ImgTool, files: HostFiles, child: Json | undefined): NamedFile | string {
  if (typeof child === 'string') return noNode(child);
  return isJsonObject(child)
    ? nodeOf(t, files, child)
    : 'A block device must be specified for "file"';
}

function withBacking(
  below: NamedFile | string,
  options: JsonObject,
  format: string | null,
): NamedFile | string {
  if (typeof below === 'string') return below;
  const named = { file: below.file, name: below.name, format };
  const { backing } = options;
  return backing === undefined ? named : { ...named, backing };
}

/** A raw node that shows a part of its file. */
function window(options: JsonObject, { file, name }: NamedFile): NamedFile | string {
  const [offset, size] = [sizeOption(options['offset']), sizeOption(options['size'])];
  if (offset === undefined && size === undefined) return { file, name, format: 'raw' };
  const start = offset ?? 0;
  const whole = file.size();
  if (start > whole)
    return `Offset (${start}) cannot be greater than size of the containing file (${whole})`;
  if (size !== undefined && start + size > whole)
    return `The sum of offset (${start}) and size (${size}) has to be smaller or equal to the  actual size of the containing file (${whole})`;
  if (size !== undefined && size % 512 !== 0) return 'Specified size is not multiple of 512';
  const shown: JsonObject = { driver: 'raw', file: { driver: 'file', filename: name } };
  if (offset !== undefined) shown['offset'] = offset;
  if (size !== undefined) shown['size'] = size;
  return { file: partOf(file, start, size), name: `json:${printJson(shown)}`, format: 'raw' };
}

function sizeOption(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseSize(value) ?? undefined) : undefined;
}

function partOf(file: HostFile, start: number, size: number | undefined): HostFile {
  const length = (): number => size ?? file.size() - start;
  return {
    path: file.path,
    locks: file.locks,
    size: length,
    readAt: (offset, bytes) =>
      file.readAt(start + offset, Math.max(0, Math.min(bytes, length() - offset))),
    writeAt: (offset, data) => file.writeAt(start + offset, data),
    punchHole: (offset, bytes) => file.punchHole(start + offset, bytes),
    isHole: (offset) => isHoleAt(file, start + offset) && isHoleAt(file, start + offset + PAGE - 1),
    truncate: () => 'EOPNOTSUPP',
    sizeOnDisk: () => file.sizeOnDisk(),
  };
}

const PAGE = 4096;

const isHoleAt = (file: HostFile, offset: number): boolean =>
  offset >= file.size() || file.isHole?.(offset) === true;
