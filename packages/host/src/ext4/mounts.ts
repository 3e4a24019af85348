// mounts.ts — The ext4 file systems that a machine or a guest has made, and where they are mounted. Mirrors fs/super.c: get_tree_bdev; fs/ext4/super.c: ext4_put_super.
import { submitAndWait } from '@dmsim/bdev';
import type { BlockDevice, RateLimit } from '@dmsim/block';
import { BLK_STS, closeDevice, openDevice, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { printk, wakeUp } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';
import { resolvePath } from '@dmsim/vfs';

import type { FileCache, Userland } from '../userland.ts';
import { journalNotCleanedUp } from './errors.ts';
import type { Ext4, OnErrors } from './file-system.ts';
import { reportsDone } from './file-system.ts';
import type { StartThread } from './journal.ts';
import { emptyJournal, startJournalThread, syncFileSystem } from './journal.ts';
import { forgetPages } from './pages.ts';
import { commitSuper, FIRST_BLOCK, hasMagic, uuidIn } from './superblock.ts';

export interface MadeFileSystem {
  readonly uuid: string;
  readonly label: string;
  /** Where its first sector was last written, if that is known: the contents are known for that place only. */
  place: string | null;
  readonly fs: Ext4;
  /** Its names and files; the disk has only the places where they would be. */
  readonly tree: Directory;
}

export interface Mounts extends FileCache {
  readonly machine: () => Userland;
  readonly panic: (why: string) => never;
  readonly startThread: StartThread;
  /** Of all file systems together, by kernel function. */
  readonly rateLimits: Map<string, RateLimit>;
  /** By absolute path. */
  readonly mounted: Map<string, Ext4>;
  /** By the path at which something is mounted: the directory that was there. */
  readonly covered: Map<string, Directory>;
  /** By UUID. */
  readonly made: Map<string, MadeFileSystem>;
  /** How often each disk has been frozen and not thawed (bd_fsfreeze_count). */
  readonly frozen: Map<BlockDevice, number>;
}

export function createMounts(
  machine: () => Userland,
  { panic, startThread }: Pick<Mounts, 'panic' | 'startThread'>,
): Mounts {
  const mounted = new Map<string, Ext4>();
  return {
    machine,
    panic,
    startThread,
    forgetPages() {
      for (const fs of mounted.values()) forgetPages(fs);
    },
    rateLimits: new Map(),
    mounted,
    covered: new Map(),
    made: new Map(),
    frozen: new Map(),
  };
}

/** The lines of a guest's /proc/mounts. */
export function mountLines({ mounted }: Mounts): string {
  const lines = ['dev /dev devtmpfs rw,relatime 0 0\n', 'proc /proc proc rw,relatime 0 0\n'];
  for (const [where, fs] of mounted) {
    lines.push(`/dev/${fs.dev.name} ${where} ext4 ${optionsOf(fs)} 0 0\n`);
  }
  return lines.join('');
}

/** `errors=` is shown only if it differs from the file system's default. */
export const optionsOf = ({ readOnly, noAtime, onErrors, stripe }: Ext4): string =>
  [
    readOnly ? 'ro' : 'rw',
    noAtime ? 'noatime' : 'relatime',
    ...(onErrors === 'continue' ? [] : [`errors=${onErrors}`]),
    ...(stripe === 0 ? [] : [`stripe=${stripe}`]),
  ].join(',');

/** The place of a disk's first sector: its medium, and the sector there. Null: not known. */
export function placeOf(dev: BlockDevice): string | null {
  const placement = dev.layer.placementOf?.(dev);
  const medium = placement?.mediumOf(0) ?? 0;
  return placement === undefined || medium === 0 ? null : `${medium}:${placement.sectorOf(0)}`;
}

/** Two devices may show the same sectors, unless both places are known and differ. */
const maybeSamePlace = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b;

/** `made elsewhere` and `lost data`: the simulator does not know what a mount would find. */
export type MountResult = Errno | 'no ext4' | 'made elsewhere' | 'lost data' | Ext4;

export interface MountOptions {
  readonly readOnly: boolean;
  readonly onErrors: OnErrors;
  /** Undefined: nothing was said of it. */
  readonly noAtime: boolean | undefined;
}

export interface MountRequest extends MountOptions {
  readonly dev: BlockDevice;
  readonly where: string;
  /** mount(8) reads the disk to see which file system is on it, before the kernel is asked. */
  readonly probed: boolean;
}

/** mount(2): reads the superblock of the disk, and shows the file system that was made there at the directory `where`. */
export function* mountExt4(mounts: Mounts, request: MountRequest): Task<MountResult> {
  const { mounted } = mounts;
  const machine = mounts.machine();
  const { dev, where, readOnly, onErrors, noAtime = false } = request;
  const at = resolvePath(where, { root: machine.root, cwd: '/' });
  if (typeof at === 'string' || at.node?.kind !== 'directory') return 'ENOENT';
  if (mounted.has(at.path) || mountedFrom(mounts, dev) !== undefined) return 'EBUSY';
  const read = yield* readUnlessFrozen(mounts, request);
  if (typeof read === 'string') return read;
  if (read.fs.aborted || read.fs.reports > 0) return 'lost data';
  const busy = openDevice(dev, 'ext4');
  if (busy !== undefined) return busy;
  const { fs } = read;
  fs.dev = dev;
  forgetPages(fs);
  fs.onErrors = onErrors;
  fs.readOnly = readOnly;
  fs.noAtime = noAtime;
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
  const data = new Uint8Array(FIRST_BLOCK.nrSectors * 512);
  const status = yield* submitAndWait(dev, [{ op: REQ_OP.READ, ...FIRST_BLOCK, data }]);
  if (status !== BLK_STS.OK) return 'EIO';
  if (!hasMagic(data)) return 'no ext4';
  const found = made.get(uuidIn(data));
  return found === undefined || !maybeSamePlace(found.place, placeOf(dev))
    ? 'made elsewhere'
    : found;
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
  if (!fs.aborted && (fs.metadataError || (yield* emptyJournal(fs)) !== undefined)) {
    yield* journalNotCleanedUp(fs);
  }
  yield* commitSuper(fs);
}

/** The one that is mounted from the disk. */
export const mountedFrom = ({ mounted }: Mounts, dev: BlockDevice): Ext4 | undefined =>
  [...mounted.values()].find((fs) => fs.dev === dev);

/** umount(2), once all is written, as far as it can be. EBUSY while files of it are open. */
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
  const known = [...made.values()].find((one) => one.fs === fs);
  printk(machine.sim, `EXT4-fs (${fs.dev.name}): unmounting filesystem ${known?.uuid ?? ''}.`);
  if (!fs.readOnly) yield* putSuper(fs);
  // Its map may lead to another disk now, to which it was copied meanwhile.
  if (!fs.readOnly && known !== undefined) known.place = placeOf(fs.dev);
  closeDevice(fs.dev, 'ext4');
  return undefined;
}
