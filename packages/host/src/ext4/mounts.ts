// mounts.ts — A guest's mounts, and the file systems that it has made.
import { submitAndWait } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { BLK_STS, closeDevice, openDevice, REQ, REQ_OP } from '@dmsim/block';
import { clockOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { createPrng, printk, uniformInteger, wakeUp } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';
import { createDirectory, createTmpfs, resolvePath } from '@dmsim/vfs';

import type { Userland } from '../userland.ts';
import { journalNotCleanedUp } from './errors.ts';
import type { Ext4, OnErrors } from './file-system.ts';
import { createExt4, reportsDone } from './file-system.ts';
import type { StartThread } from './journal.ts';
import { emptyJournal, startJournalThread, syncFileSystem } from './journal.ts';
import { BLOCK_SECTORS } from './layout.ts';
import { lostFoundBlocks } from './space.ts';
import { commitSuper } from './superblock.ts';
import { treeDirectory } from './tree.ts';
import { createFlusher } from './write-back.ts';

export interface MadeFileSystem {
  readonly uuid: string;
  readonly label: string;
  /** Where its first sector is, if that is known: the contents are known for that place only. */
  readonly place: string | null;
  readonly fs: Ext4;
  /** Its names and files; the disk has only the places where they would be. */
  readonly tree: Directory;
}

export interface Mounts {
  readonly machine: () => Userland;
  readonly panic: (why: string) => never;
  readonly startThread: StartThread;
  /** By absolute path. */
  readonly mounted: Map<string, Ext4>;
  readonly covered: Map<string, Directory>;
  /** By UUID. */
  readonly made: Map<string, MadeFileSystem>;
  /** How many have frozen a disk (bd_fsfreeze_count). */
  readonly frozen: Map<BlockDevice, number>;
}

export function createMounts(
  machine: () => Userland,
  { panic, startThread }: Pick<Mounts, 'panic' | 'startThread'>,
): Mounts {
  const places = { mounted: new Map(), covered: new Map(), made: new Map() };
  return { machine, panic, startThread, ...places, frozen: new Map() };
}

export function mountLines({ mounted }: Mounts): string {
  const lines = ['dev /dev devtmpfs rw,relatime 0 0\n', 'proc /proc proc rw,relatime 0 0\n'];
  for (const [where, fs] of mounted) {
    lines.push(`/dev/${fs.dev.name} ${where} ext4 ${optionsOf(fs)} 0 0\n`);
  }
  return lines.join('');
}

/** `errors=` is shown only if it differs from the file system's default. */
export const optionsOf = ({ readOnly, onErrors, stripe }: Ext4): string =>
  [
    readOnly ? 'ro' : 'rw',
    'relatime',
    ...(onErrors === 'continue' ? [] : [`errors=${onErrors}`]),
    ...(stripe === 0 ? [] : [`stripe=${stripe}`]),
  ].join(',');

/** Block 0, which holds the superblock. */
const SUPERBLOCK = { sector: 0, nrSectors: BLOCK_SECTORS } as const;
const MAGIC_AT = 1024 + 56;
const UUID_AT = 1024 + 0x68;
const LABEL_AT = 1024 + 0x78;
/** 0xEF53, little-endian */
const MAGIC = [0x53, 0xef] as const;

export interface MakeOptions {
  readonly label?: string | undefined;
  /** @defaultValue by the size of the disk */
  readonly blockSize?: number | undefined;
  readonly reservedPercent?: number | undefined;
}

/** mkfs.ext4. The UUID comes from the machine's seed. */
export function* makeFileSystem(
  mounts: Mounts,
  dev: BlockDevice,
  { label = '', blockSize, reservedPercent = 5 }: MakeOptions = {},
): Task<Errno | MadeFileSystem> {
  const data = new Uint8Array(BLOCK_SECTORS * 512);
  const uuid = makeUuid(mounts);
  data.set(MAGIC, MAGIC_AT);
  data.set(
    Uint8Array.from(uuid.replaceAll('-', '').matchAll(/../g), ([hex]) => Number.parseInt(hex, 16)),
    UUID_AT,
  );
  data.set(
    Uint8Array.from(label.slice(0, 16), (char) => char.charCodeAt(0)),
    LABEL_AT,
  );
  const status = yield* submitAndWait(dev, [
    { op: REQ_OP.WRITE, flags: REQ.SYNC | REQ.FUA, ...SUPERBLOCK, data },
  ]);
  if (status !== BLK_STS.OK) return 'EIO';
  const { sim } = mounts.machine();
  const fs = createExt4(sim, dev, { panic: mounts.panic, blockSize });
  fs.firstBlock.set(data);
  fs.reservedPercent = reservedPercent;
  // The space is counted in blocks of the disk; memory only keeps the names, and stamps the files.
  const names = createTmpfs(Infinity, clockOf(sim));
  const kept = { fs, flusher: createFlusher(fs) };
  const tree = treeDirectory(kept, names);
  const lost = lostFoundBlocks(fs.blockSize) * fs.blockSize;
  names.link('lost+found', treeDirectory(kept, createDirectory({}, 0o700), lost));
  const made: MadeFileSystem = { uuid, label, place: placeOf(dev), fs, tree };
  mounts.made.set(uuid, made);
  return made;
}

function placeOf(dev: BlockDevice): string | null {
  const placement = dev.layer.placementOf?.(dev);
  const medium = placement?.mediumOf(0) ?? 0;
  return placement === undefined || medium === 0 ? null : `${medium}:${placement.sectorOf(0)}`;
}

/** Two devices that may show the same sectors. */
const isSamePlace = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b;

function makeUuid({ machine, made }: Mounts): string {
  const prng = createPrng(machine().sim.seed + made.size);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => uniformInteger(prng, 0, 15).toString(16)).join('');
  return [hex(8), hex(4), `4${hex(3)}`, `8${hex(3)}`, hex(12)].join('-');
}

/** `made elsewhere` and `lost data`: the simulator does not know what a mount would find. */
export type MountResult = Errno | 'no ext4' | 'made elsewhere' | 'lost data' | Ext4;

export interface MountRequest {
  readonly dev: BlockDevice;
  readonly where: string;
  /** mount(8) reads the disk to see which file system is on it, before the kernel is asked. */
  readonly probed: boolean;
  readonly readOnly: boolean;
  readonly onErrors: OnErrors;
}

export function* mountExt4(mounts: Mounts, request: MountRequest): Task<MountResult> {
  const { mounted } = mounts;
  const machine = mounts.machine();
  const { dev, where, readOnly, onErrors } = request;
  const at = resolvePath(where, { root: machine.root, cwd: '/' });
  if (typeof at === 'string' || at.node?.kind !== 'directory') return 'ENOENT';
  if (mounted.has(at.path) || mountedFrom(mounts, dev) !== undefined) return 'EBUSY';
  const read = yield* readUnlessFrozen(mounts, request);
  if (typeof read === 'string') return read;
  if (read.fs.aborted || read.fs.lostData || read.fs.reports > 0) return 'lost data';
  const busy = openDevice(dev, 'ext4');
  if (busy !== undefined) return busy;
  const { fs } = read;
  fs.dev = dev;
  fs.onErrors = onErrors;
  fs.readOnly = readOnly;
  fs.unmounted = false;
  fs.metadataError = false;
  fs.unreportedError = false;
  fs.journalEmpty = true;
  at.parent.link(at.name, read.tree);
  mounts.covered.set(at.path, at.node);
  mounted.set(at.path, fs);
  startJournalThread(fs, mounts.startThread);
  const mode = readOnly ? 'ro' : 'r/w';
  printk(
    machine.sim,
    `EXT4-fs (${dev.name}): mounted filesystem ${read.uuid} ${mode} with ordered data mode. Quota mode: none.`,
  );
  return fs;
}

function* readUnlessFrozen(
  mounts: Mounts,
  { dev, probed }: MountRequest,
): ReturnType<typeof readSuperblock> {
  if (!probed && isFrozen(mounts, dev)) return 'EBUSY';
  const read = yield* readSuperblock(mounts, dev);
  return probed && typeof read !== 'string' && isFrozen(mounts, dev) ? 'EBUSY' : read;
}

/** True for a disk that is frozen, which the log says. */
function isFrozen({ frozen, machine }: Mounts, dev: BlockDevice): boolean {
  if (!frozen.has(dev)) return false;
  printk(machine().sim, `${dev.name}: Can't mount, blockdev is frozen`);
  return true;
}

function* readSuperblock(
  { made }: Mounts,
  dev: BlockDevice,
): Task<Errno | 'no ext4' | 'made elsewhere' | MadeFileSystem> {
  const data = new Uint8Array(BLOCK_SECTORS * 512);
  const status = yield* submitAndWait(dev, [{ op: REQ_OP.READ, ...SUPERBLOCK, data }]);
  if (status !== BLK_STS.OK) return 'EIO';
  if (!hasMagic(data)) return 'no ext4';
  const found = made.get(uuidIn(data));
  return found === undefined || !isSamePlace(found.place, placeOf(dev)) ? 'made elsewhere' : found;
}

const hasMagic = (block: Uint8Array): boolean =>
  block[MAGIC_AT] === MAGIC[0] && block[MAGIC_AT + 1] === MAGIC[1];

function uuidIn(block: Uint8Array): string {
  const hex = Array.from(block.subarray(UUID_AT, UUID_AT + 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The file system that was made on the disk, by what the disk holds now. */
export const fileSystemIn = ({ made }: Mounts, block: Uint8Array): MadeFileSystem | undefined =>
  hasMagic(block) ? made.get(uuidIn(block)) : undefined;

/** syncfs(2). An error of the journal is reported by the call that meets it, one of other metadata by the next. */
export function* syncMounted(fs: Ext4): Task<Errno | undefined> {
  yield* reportsDone(fs);
  if (fs.readOnly) return undefined;
  const error = fs.aborted ? undefined : yield* syncFileSystem(fs);
  const { unreportedError } = fs;
  fs.unreportedError = false;
  return error ?? (unreportedError ? 'EIO' : undefined);
}

/** ext4_put_super */
function* putSuper(fs: Ext4): Task<void> {
  if (!fs.aborted && (fs.metadataError || (yield* emptyJournal(fs)))) {
    yield* journalNotCleanedUp(fs);
  }
  yield* commitSuper(fs);
}

/** The one that is mounted from the disk. */
export const mountedFrom = ({ mounted }: Mounts, dev: BlockDevice): Ext4 | undefined =>
  [...mounted.values()].find((fs) => fs.dev === dev);

/** Waits until all is written, as far as it can be. */
export function* unmount(mounts: Mounts, where: string): Task<Errno | undefined> {
  const { mounted, covered, made } = mounts;
  const machine = mounts.machine();
  const at = resolvePath(where, { root: machine.root, cwd: '/' });
  if (typeof at === 'string') return at;
  const fs = mounted.get(at.path);
  const below = covered.get(at.path);
  if (fs === undefined || below === undefined) return 'EINVAL';
  if (fs.openFiles > 0) return 'EBUSY';
  yield* reportsDone(fs);
  if (!fs.readOnly) yield* syncFileSystem(fs);
  fs.unmounted = true;
  wakeUp(fs.commit);
  at.parent.link(at.name, below);
  mounted.delete(at.path);
  covered.delete(at.path);
  const uuid = [...made.values()].find((one) => one.fs === fs)?.uuid ?? '';
  printk(machine.sim, `EXT4-fs (${fs.dev.name}): unmounting filesystem ${uuid}.`);
  if (!fs.readOnly) yield* putSuper(fs);
  closeDevice(fs.dev, 'ext4');
  return undefined;
}
