// open-disk.ts — Opens a disk or an image for sfdisk(8), and reads the table on it.
import type { BlockDevice } from '@dmsim/block';
import { findDevice, scsiDeviceOf } from '@dmsim/block';
import type { Options, Tool } from '@dmsim/coreutils';
import { err, lookup, openPath, refuse, resolve } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Vnode } from '@dmsim/vfs';

import type { Machine } from '../../../machine.ts';
import type { Label } from './label.ts';
import { GPT_SECTORS, GRAIN, SECTOR, typeName } from './label.ts';
import type { DiskFacts } from './print.ts';
import { readLabel } from './table-on-disk.ts';

export interface Call extends Options {
  readonly t: Tool;
  readonly machine: Machine;
}

/** A disk or an image that is open. */
export interface Opened {
  readonly facts: DiskFacts;
  readonly file: OpenFile;
  readonly dev: BlockDevice | undefined;
  /** Its first sectors. */
  readonly head: Uint8Array;
  readonly label: Label | null;
}

/** Bytes: the boot sector, and a GUID table without its copy at the end of the disk. */
const HEAD = (GPT_SECTORS + 1) * SECTOR;

/** Opens the disk or the image, for writing with `write`. Ends the call with sfdisk's message if it can't be opened, and refuses what is not simulated. */
export function* openDisk({ t, machine }: Call, path: string, write: boolean): Task<Opened> {
  const found = resolve(t, path);
  const file = yield* openPath(t, path, { read: true, write });
  if (typeof file === 'string') return err(t, `cannot open ${path}: ${strerror(file)}`);
  const { dev, capacity } =
    mediumOf(machine, typeof found === 'string' ? undefined : found.node) ?? refuse(t, path);
  const isThere = (name: string): boolean => typeof lookup(t, name) !== 'string';
  const facts = { ...factsOf(dev, capacity), path, isThere };
  checkFacts(t, facts);
  const head = yield* readHead(t, path, file);
  const label = readLabel(head, facts.capacity);
  const strange = label?.parts.find(({ type }) => typeName(label.kind, type) === null);
  if (strange !== undefined) refuse(t, `a partition of type ${strange.type}`);
  return { facts, file, dev, head, label };
}

/** The disk, or the image that stands for one; undefined for anything else. */
function mediumOf(
  { layer }: Machine,
  node: Vnode | undefined,
): { readonly dev: BlockDevice | undefined; readonly capacity: number } | undefined {
  if (node?.kind === 'file') return { dev: undefined, capacity: Math.floor(node.size() / SECTOR) };
  const dev = node?.kind === 'block' ? findDevice(layer, node.major, node.minor) : undefined;
  return dev === undefined ? undefined : { dev, capacity: dev.capacity };
}

function checkFacts(t: Tool, { path, logical, physical, ioOpt, capacity }: DiskFacts): void {
  if (logical !== SECTOR) refuse(t, `${path}, whose sectors have ${logical} bytes`);
  if (ioOpt > GRAIN * SECTOR || (capacity <= 4 * GRAIN && physical !== SECTOR))
    refuse(t, `the alignment on ${path}`);
}

function* readHead(t: Tool, path: string, file: OpenFile): Task<Uint8Array> {
  const head = new Uint8Array(HEAD);
  for (let at = 0; at < HEAD;) {
    const bytes = yield* file.read(t.process, HEAD - at);
    if (typeof bytes === 'string') return err(t, `cannot open ${path}: ${strerror(bytes)}`);
    if (bytes.length === 0) break;
    head.set(bytes, at);
    at += bytes.length;
  }
  return head;
}

function factsOf(
  dev: BlockDevice | undefined,
  capacity: number,
): Omit<DiskFacts, 'path' | 'isThere'> {
  const model = (dev === undefined ? null : scsiDeviceOf(dev))?.unit.model ?? null;
  if (dev === undefined)
    return { capacity, model, logical: SECTOR, physical: SECTOR, ioMin: SECTOR, ioOpt: 0 };
  const { logicalBlockSize, physicalBlockSize, ioMin, ioOpt } = dev.limits;
  return {
    capacity,
    model,
    logical: logicalBlockSize,
    physical: physicalBlockSize,
    ioMin,
    ioOpt,
  };
}

export function close({ t }: Call, { file }: Opened): void {
  t.opened.delete(file);
  file.release(t.process);
}
