// mount.ts — mount(8) of util-linux: a tmpfs, debugfs, a directory that is bound to another place; it lists what is mounted.
import type { BlockDevice } from '@dmsim/block';
import { clearLoop, findDevice } from '@dmsim/block';
import type { Options, OptionSpec, Tool } from '@dmsim/coreutils';
import { complain, parseOptions, refuse, resolve, tool } from '@dmsim/coreutils';
import { clockOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { printk } from '@dmsim/sim';
import type { Directory, MemoryFile, Program, Resolved } from '@dmsim/vfs';
import { createTmpfs, isMemoryFile } from '@dmsim/vfs';

import type { Ext4 } from '../../ext4/file-system.ts';
import { syncFileSystem } from '../../ext4/journal.ts';
import type { MadeFileSystem } from '../../ext4/mounts.ts';
import { mountExt4, optionsOf } from '../../ext4/mounts.ts';
import { parseMountOptions } from '../../ext4/programs.ts';
import { spaceOf } from '../../ext4/space.ts';
import type { Machine } from '../../machine.ts';
import type { Mount } from '../../mounts.ts';
import { mountOf, mountsOf } from '../../mounts.ts';
import { blockNodeOf, probePath } from './read-signature.ts';
import { setLoop } from './set-loop.ts';

export function mount(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

const SPEC: OptionSpec = {
  short: 't:o:Barw',
  long: {
    ro: 'r',
    rw: 'w',
    'read-only': 'r',
    'read-write': 'w',
    bind: 'B',
    types: 't:',
    options: 'o:',
    all: 'a',
  },
  refused: 'cfFhilL:mMnN:O:RsT:U:vV',
  refusedLong: (
    'make-rshared make-rslave make-rprivate make-runbindable options-mode options-source options-source-force fake fork fstab internal-only label make-private make-shared make-slave make-unbindable mkdir move namespace ' +
    'no-canonicalize no-mtab onlyonce rbind show-labels source target target-prefix test-opts uuid verbose'
  ).split(' '),
};

const KERNEL_FILE_SYSTEMS = new Set(['configfs', 'debugfs', 'proc', 'sysfs', 'tmpfs', 'devtmpfs']);
/** File systems of Debian's kernel, none of which is simulated. */
const OTHERS =
  /^(?:auto|bpf|btrfs|cgroup2?|ext[234]|exfat|f2fs|hugetlbfs|iso9660|jfs|nfs4?|ntfs3?|overlay|pstore|ramfs|securityfs|squashfs|tracefs|udf|vfat|xfs)$/;

/** MNT_EX_FAIL */
const FAILED = 32;

/** A device or a type, and the place where it is to be mounted. */
interface Call {
  readonly t: Tool;
  readonly machine: Machine;
  readonly source: string;
  /** The mount point, as it was given. */
  readonly named: string;
  readonly at: Resolved;
  readonly options: string;
  /** The value of -t. */
  readonly type: string | undefined;
}

function* main(t: Tool, machine: Machine): Task<number> {
  const given = parseOptions(t, SPEC);
  const { has, value, operands } = given;
  if (operands.length === 0 && !has('o')) return has('a') ? 0 : list(t, machine, value('t'));
  // A file system that is mounted already goes by its mount point.
  const again = operands.length === 1 && isRemount(optionsWord(given));
  const [source, named, ...rest] = again ? ['', ...operands] : operands;
  if (source === undefined || named === undefined || rest.length > 0 || has('a'))
    refuse(t, t.args.join(' '));
  const at = resolve(t, named);
  if (typeof at === 'string' || at.node === undefined)
    return yield* failed(t, named, 'mount point does not exist');
  const options = optionsWord(given);
  const type = value('t');
  return yield* mountThere({ t, machine, source, named, at, options, type }, given);
}

const optionsWord = ({ has, value }: Options): string =>
  [...(has('r') ? ['ro'] : has('w') ? ['rw'] : []), value('o') ?? '']
    .filter((word) => word !== '')
    .join(',');

const isRemount = (options: string): boolean => options.split(',').includes('remount');

const DISK_TYPES: ReadonlySet<string> = new Set(['ext4', 'auto']);

function* mountThere(call: Call, { has }: Options): Task<number> {
  const { options, type } = call;
  if (has('B') || options === 'bind') return yield* bind(call);
  if (isRemount(options)) return yield* remount(call);
  if (type === 'tmpfs') return mountTmpfs(call);
  if (type === undefined || DISK_TYPES.has(type)) return yield* mountDisk(call);
  return yield* mountOther(call, type);
}

function* mountOther(call: Call, type: string): Task<number> {
  const { t, options, at, named } = call;
  if (KERNEL_FILE_SYSTEMS.has(type) && options === '' && at.node?.kind === 'directory')
    return yield* mountKernel(call, type);
  if (KERNEL_FILE_SYSTEMS.has(type) || OTHERS.test(type)) refuse(t, t.args.join(' '));
  return yield* failed(t, named, `unknown filesystem type '${type}'`);
}

function* failed(t: Tool, named: string, why: string): Task<number> {
  const hint = '       dmesg(1) may have more information after failed mount system call.';
  yield* complain(t, `mount: ${named}: ${why}.\n${hint}\n`);
  return FAILED;
}

/** Mounts the ext4 on a disk. Of other file systems none is there, so that a blank disk fails as it does in life. */
function* mountDisk(call: Call): Task<number> {
  const { t, machine, source, named } = call;
  const file = fileOf(call);
  if (file !== null) return yield* mountFile(call, file);
  const node = blockNodeOf(t, source);
  if (node === 'ENOENT') return yield* failed(t, named, `special device ${source} does not exist`);
  const dev =
    typeof node === 'string' ? undefined : findDevice(machine.layer, node.major, node.minor);
  if (dev === undefined) return refuse(t, t.args.join(' '));
  return yield* mountDevice(call, dev);
}

function* mountDevice(call: Call, dev: BlockDevice): Task<number> {
  const { t, machine, source, named, at } = call;
  const options = parseMountOptions(t, call.options === '' ? 'rw' : call.options);
  const request = { dev, where: at.path, probed: call.type !== 'ext4', ...options };
  const result = yield* mountExt4(machine.fileSystems, request);
  if (typeof result === 'object') {
    const name = sourceName(machine, source, dev);
    const tree = madeOf(machine, result)?.tree;
    machine.mounts.set(at.path, ext4Mount(name, at.path, result, tree));
    return 0;
  }
  switch (result) {
    case 'EBUSY':
      if (isTaken(call, dev)) return yield* mountOfNothing(call);
      return yield* failed(t, named, busyText(call));
    case 'EIO':
      return yield* failed(t, named, `can't read superblock on ${source}`);
    case 'no ext4':
      return yield* mountOfNothing(call);
    default:
      return refuse(t, `${t.args.join(' ')}: ${result}`);
  }
}

/** The file of a tmpfs that is to be mounted: it goes behind a loop device, whether or not `-o loop` says so. */
function fileOf({ t, source }: Call): LoopSource | null {
  const found = resolve(t, source);
  if (typeof found === 'string' || found.node === undefined) return null;
  const { node, path } = found;
  return isMemoryFile(node) ? { node, path } : null;
}

interface LoopSource {
  readonly node: MemoryFile;
  readonly path: string;
}

/** The loop device goes with the mount (LO_FLAGS_AUTOCLEAR). */
function* mountFile(call: Call, { node, path }: LoopSource): Task<number> {
  const { t, machine } = call;
  const words = call.options.split(',').filter((word) => word !== 'loop' && word !== '');
  const readOnly = words.includes('ro');
  const loop = yield* setLoop(machine, t.process, { node, path, readOnly });
  if (typeof loop === 'string') return refuse(t, t.args.join(' '));
  const source = `/dev/${loop.disk.name}`;
  const status = yield* mountDevice({ ...call, source, options: words.join(',') }, loop.disk);
  if (status === 0) loop.autoclear = true;
  else clearLoop(loop);
  return status;
}

/** Another disk is mounted at this place. A second one on top of it is not simulated. */
function isTaken({ machine, at }: Call, dev: BlockDevice): boolean {
  const there = machine.fileSystems.mounted.get(at.path);
  return there !== undefined && there.dev !== dev;
}

/** A disk with nothing on it can't be mounted anywhere; one with something else is not simulated. */
function* mountOfNothing({ t, machine, source, named }: Call): Task<number> {
  if ((yield* probePath(t, machine, source)) !== 'blank') refuse(t, t.args.join(' '));
  const why = `wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error`;
  return yield* failed(t, named, why);
}

function busyText({ machine, source, at }: Call): string {
  const there = [...machine.mounts.values()].some(
    (mount) => mount.source === source && mount.target === at.path,
  );
  return there
    ? `${source} already mounted on ${at.path}`
    : `${source} already mounted or mount point busy`;
}

/** A map goes by its name (libmount: canonicalize_dm_name). */
function sourceName({ dm }: Machine, source: string, dev: BlockDevice): string {
  const name = dev.major === dm.major ? dm.devices.get(dev.minor)?.cell?.name : undefined;
  return /^\/dev\/dm-\d+$/.test(source) && name !== undefined ? `/dev/mapper/${name}` : source;
}

const madeOf = ({ fileSystems }: Machine, fs: Ext4): MadeFileSystem | undefined =>
  [...fileSystems.made.values()].find((one) => one.fs === fs);

/** Its options may change while it is mounted. */
const ext4Mount = (
  source: string,
  target: string,
  fs: Ext4,
  tree: Directory | undefined,
): Mount => ({
  source,
  target,
  type: 'ext4',
  options: '',
  optionsNow: () => optionsOf(fs),
  space: () => (tree === undefined ? null : spaceOf(fs, tree)),
});

/** -o remount: it may be written from now on, or no longer. */
function* remount({ t, machine, at, named, options }: Call): Task<number> {
  const fs = machine.fileSystems.mounted.get(at.path);
  if (fs === undefined) {
    if (mountsOf(machine).some(({ target }) => target === at.path)) refuse(t, t.args.join(' '));
    return yield* failed(t, named, 'mount point not mounted or bad option');
  }
  const { readOnly, noAtime } = parseMountOptions(t, options.replace(/remount,?/, '') || 'rw');
  if (!readOnly && fs.dev.readOnly) {
    const what = `cannot remount /dev/${fs.dev.name} read-write, is write-protected`;
    return yield* failed(t, named, what);
  }
  if (fs.aborted) refuse(t, t.args.join(' '));
  if (readOnly && !fs.readOnly) yield* syncFileSystem(fs);
  fs.readOnly = readOnly;
  fs.noAtime = noAtime ?? fs.noAtime;
  const uuid = madeOf(machine, fs)?.uuid;
  const mode = readOnly ? 'ro' : 'r/w';
  printk(machine.sim, `EXT4-fs (${fs.dev.name}): re-mounted ${uuid} ${mode}.`);
  return 0;
}

/** The kernel's own file systems: there is one of each. */
function* mountKernel({ t, machine, source, at }: Call, type: string): Task<number> {
  if (machine.mounts.has(at.path)) {
    yield* complain(t, `mount: mounting ${source} on ${at.path} failed: Device or resource busy\n`);
    return 255;
  }
  machine.mounts.set(at.path, { source, target: at.path, type, options: 'rw,relatime' });
  return 0;
}

/** Shows a directory in the place of another. */
function* bind({ t, machine, source, named, at }: Call): Task<number> {
  const from = resolve(t, source);
  if (typeof from === 'string' || from.node === undefined)
    return yield* failed(t, named, `special device ${source} does not exist`);
  const { node, path } = from;
  if (node.kind !== 'directory') return refuse(t, t.args.join(' '));
  cover(machine, at, node, mountOf(machine, path));
  return 0;
}

/** Puts a tmpfs in the place of a directory. Mirrors mm/shmem.c: shmem_parse_one. */
function mountTmpfs({ t, machine, source, at, options }: Call): number {
  const { size, mode } = parseTmpfs(t, options);
  const root = createTmpfs(size ?? machine.sim.limits.fileBytes, clockOf(machine.sim));
  if (mode !== undefined) root.mode = Number.parseInt(mode, 8);
  const words = [
    'rw,relatime',
    ...(size === undefined ? [] : [`size=${size / 1024}k`]),
    ...(mode === undefined ? [] : [`mode=${mode}`]),
    'inode64',
  ];
  cover(machine, at, root, { source, type: 'tmpfs', options: words.join(','), root });
  return 0;
}

/** Links `directory` in the place of what is there, which umount brings back. */
function cover(
  { mounts }: Machine,
  { parent, name, node, path }: Resolved,
  directory: Directory,
  facts: Omit<Mount, 'target' | 'covered'>,
): void {
  if (node?.kind !== 'directory') return;
  parent.link(name, directory);
  mounts.set(path, { ...facts, target: path, covered: node });
}

/** Without operands: what is mounted, all or those of some types. */
function list(t: Tool, machine: Machine, types: string | undefined): number {
  for (const { source, target, type, options } of mountsOf(machine)) {
    if (types !== undefined && !types.split(',').includes(type)) continue;
    t.out.put(`${source} on ${target} type ${type} (${options})\n`);
  }
  return 0;
}

interface TmpfsOptions {
  readonly size: number | undefined;
  readonly mode: string | undefined;
}

/** Parses `size=64k,mode=700`. */
function parseTmpfs(t: Tool, options: string): TmpfsOptions {
  let size: number | undefined;
  let mode: string | undefined;
  for (const word of options.split(',')) {
    const [, digits, unit = ''] = /^size=(\d+)([kKmMgG]?)$/.exec(word) ?? [];
    if (digits !== undefined) {
      const power = ' kmg'.indexOf(unit.toLowerCase() || ' ');
      size = Math.ceil((Number(digits) * 1024 ** power) / 4096) * 4096;
    } else if (/^mode=[0-7]+$/.test(word)) mode = word.slice(5).replace(/^0+(?=.)/, '');
    else if (word !== '' && word !== 'rw') refuse(t, `-o ${options}`);
  }
  return { size, mode };
}
