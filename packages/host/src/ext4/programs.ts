// programs.ts — mkfs.ext4, and the mount and umount of a guest; those of the machine itself are in programs/util-linux.
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import { complain, parseOptions, lookup, refuse, Failure, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Userland } from '../userland.ts';
import type { OnErrors } from './file-system.ts';
import type { MakeOptions } from './make.ts';
import { makeFileSystem } from './make.ts';
import type { Mounts } from './mounts.ts';
import type { MountOptions } from './mounts.ts';
import { mountExt4, mountLines, unmount } from './mounts.ts';

function deviceAt(t: Tool, { layer }: Userland, path: string): BlockDevice | undefined {
  const node = lookup(t, path);
  return typeof node !== 'string' && node.kind === 'block'
    ? findDevice(layer, node.major, node.minor)
    : undefined;
}

/** In sectors: below, there is no room for a journal of the size that is simulated. */
const SMALLEST = (4 << 20) / 512;

const OPTIONS: OptionSpec = {
  short: 'qFL:m:b:E:U:',
  refused: 'cde:i:g:jl:no:rst:vzC:DG:I:J:KM:N:O:R:ST:V',
};

/** The output of mke2fs describes a layout that is not simulated, so that nobody may read it. */
const isUnread = (t: Tool, fd: number): boolean => t.context.fds.get(fd)?.path === '/dev/null';

export const mkfsProgram = (machine: Userland, mounts: Mounts): Program =>
  tool((t) => mkfs(t, machine, mounts));

function checkUnused(mounts: Mounts, dev: BlockDevice, path: string): void {
  const mounted = [...mounts.mounted.values()].some((fs) => fs.dev === dev);
  if (!mounted && dev.holder === null) return;
  const what = mounted ? 'is mounted' : 'is apparently in use by the system';
  throw new Failure(`${path} ${what}; will not make a filesystem here!\n`, 1);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function makeOptions(t: Tool, value: (option: string) => string | undefined): MakeOptions {
  const size = value('b');
  if (size !== undefined && !/^(?:1024|2048|4096)$/.test(size)) refuse(t, `-b ${size}`);
  const percent = value('m');
  if (percent !== undefined && !/^\d+(?:\.\d+)?$/.test(percent)) refuse(t, `-m ${percent}`);
  const uuid = value('U');
  if (uuid !== undefined && !UUID.test(uuid)) refuse(t, `-U ${uuid}`);
  return {
    uuid: uuid?.toLowerCase(),
    label: value('L'),
    blockSize: size === undefined ? undefined : Number(size),
    reservedPercent: percent === undefined ? undefined : Number(percent),
  };
}

function* mkfs(t: Tool, machine: Userland, mounts: Mounts): Task<number> {
  const { has, value, operands } = parseOptions(t, OPTIONS);
  const [path, ...rest] = operands;
  if (path === undefined || rest.length > 0 || !(has('q') || isUnread(t, 1))) {
    refuse(t, `mkfs.ext4 ${t.args.join(' ')} (mkfs.ext4 -q DEVICE is)`);
  }
  if (!has('q')) yield* complain(t, 'mke2fs 1.47.0 (5-Feb-2023)\n');
  const dev = deviceAt(t, machine, path);
  if (dev === undefined)
    throw new Failure(`The file ${path} does not exist and no size was specified.\n`, 1);
  checkUnused(mounts, dev, path);
  if (dev.capacity < SMALLEST) refuse(t, `mkfs.ext4 on ${path}, a disk of less than 4 MiB`);
  const made = yield* makeFileSystem(mounts, dev, makeOptions(t, value));
  if (typeof made === 'string')
    throw new Failure(
      `mkfs.ext4: Input/output error while writing out and closing file system\n`,
      1,
    );
  return 0;
}

const ON_ERRORS: readonly OnErrors[] = ['continue', 'remount-ro', 'panic'];
/** Options without an effect here. */
const HARMLESS = new Set(['rw', 'defaults']);

export const mountProgram = (mounts: Mounts): Program => tool((t) => mount(t, mounts));

function* mount(t: Tool, mounts: Mounts): Task<number> {
  const { value, operands } = parseOptions(t, { short: 't:o:' });
  const type = value('t') ?? 'ext4';
  if (type !== 'ext4') refuse(t, `-t ${type}`);
  if (operands.length === 0) {
    t.out.put(
      mountLines(mounts).replaceAll(/^(\S+) (\S+) (\S+) (\S+) 0 0$/gm, '$1 on $2 type $3 ($4)'),
    );
    return 0;
  }
  const [path, where, ...rest] = operands;
  if (path === undefined || where === undefined || rest.length > 0) refuse(t, t.args.join(' '));
  const dev = deviceAt(t, mounts.machine(), path);
  if (dev === undefined) throw mountFailure(where, `special device ${path} does not exist.`);
  const options = parseMountOptions(t, value('o') ?? 'rw');
  const result = yield* mountExt4(mounts, { dev, where: textOf(where), probed: false, ...options });
  if (typeof result !== 'string') return 0;
  if (result === 'made elsewhere') refuse(t, `${path}: a file system that another guest has made`);
  if (result === 'lost data') refuse(t, `${path}: a mount after writes were lost`);
  throw mountFailure(where, reason(path, result));
}

const mountFailure = (where: string, why: string): Failure =>
  new Failure(`mount: ${where}: ${why}\n`, 32);

function reason(path: string, result: string): string {
  if (result === 'EBUSY') return `${path} already mounted or mount point busy.`;
  if (result === 'ENOENT') return 'mount point does not exist.';
  if (result === 'EIO') return `can't read superblock on ${path}.`;
  return `wrong fs type, bad option, bad superblock on ${path}, missing codepage or helper program, or other error.`;
}

export function parseMountOptions(t: Tool, text: string): MountOptions {
  let readOnly = false;
  let onErrors: OnErrors = 'continue';
  let noAtime: boolean | undefined;
  for (const word of text.split(',')) {
    const errors = ON_ERRORS.find((known) => word === `errors=${known}`);
    if (errors !== undefined) onErrors = errors;
    else if (word === 'ro') readOnly = true;
    else if (word === 'noatime' || word === 'relatime') noAtime = word === 'noatime';
    else if (!HARMLESS.has(word)) refuse(t, `-o ${word}`);
  }
  return { readOnly, onErrors, noAtime };
}

export const umountProgram = (mounts: Mounts): Program => tool((t) => umount(t, mounts));

function* umount(t: Tool, mounts: Mounts): Task<number> {
  const { operands } = parseOptions(t, {});
  const [where, ...rest] = operands;
  if (where === undefined || rest.length > 0) refuse(t, t.args.join(' '));
  const error = yield* unmount(mounts, textOf(where));
  const why = error === 'EBUSY' ? 'target is busy' : 'not mounted';
  if (error !== undefined) throw new Failure(`umount: ${where}: ${why}.\n`, 32);
  return 0;
}
