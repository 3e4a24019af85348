// disk.ts — A disk as lsblk(8) finds it in /sys/block, and the files that it reads there.
import type { Tool } from '@dmsim/coreutils';
import { lookup, openPath, readWhole } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';

export interface Disk {
  /** `sda`, `dm-0` */
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly sectors: number;
  /** The disk that a partition is a part of. */
  readonly whole: string | null;
  /** The name and the UUID of a map. */
  readonly map: { readonly name: string; readonly uuid: string } | null;
}

/** The text of a file below /sys/class/block/NAME, without the newline; empty if there is none. */
export function* sysText(t: Tool, name: string, file: string): Task<string> {
  const path = `/sys/class/block/${name}/${file}`;
  const opened = yield* openPath(t, path, { read: true, write: false });
  if (typeof opened === 'string') return '';
  const text = yield* readWhole(t, opened);
  t.opened.delete(opened);
  opened.release(t.process);
  return typeof text === 'string' ? text.replace(/\n$/, '') : '';
}

/** A partition has the queue of its disk. */
export const attributeText = (t: Tool, { name, whole }: Disk, file: string): Task<string> =>
  sysText(t, whole !== null && /^(?:queue\/|removable$)/.test(file) ? whole : name, file);

export function namesIn(t: Tool, path: string): readonly string[] {
  const node = lookup(t, path);
  return typeof node !== 'string' && node.kind === 'directory' ? node.entries() : [];
}

export function* readDisk(t: Tool, name: string): Task<Disk> {
  const [major = 0, minor = 0] = (yield* sysText(t, name, 'dev')).split(':').map(Number);
  const sectors = Number(yield* sysText(t, name, 'size'));
  const mapName = yield* sysText(t, name, 'dm/name');
  const map = mapName === '' ? null : { name: mapName, uuid: yield* sysText(t, name, 'dm/uuid') };
  return { name, major, minor, sectors, whole: wholeOf(t, name), map };
}

/** From the link to a partition, which leads through its disk. */
function wholeOf(t: Tool, name: string): string | null {
  if (typeof lookup(t, `/sys/class/block/${name}/partition`) === 'string') return null;
  const link = lookup(t, `/sys/class/block/${name}`, { follow: false });
  return typeof link !== 'string' && link.kind === 'symlink'
    ? (link.target.split('/').at(-2) ?? null)
    : null;
}

/** In the order of sysfs. */
export function* partitionsOf(t: Tool, { name }: Disk): Task<Disk[]> {
  const found: Disk[] = [];
  for (const part of namesIn(t, `/sys/class/block/${name}`)) {
    if (!part.startsWith(name)) continue;
    found.push(yield* readDisk(t, part));
  }
  return found;
}

/** The disks that stand on it (`holders`), or that it stands on (`slaves`), in the order of sysfs. */
export function* relatives(
  t: Tool,
  { name, whole }: Disk,
  which: 'holders' | 'slaves',
): Task<Disk[]> {
  if (which === 'slaves' && whole !== null) return [yield* readDisk(t, whole)];
  const found: Disk[] = [];
  for (const other of namesIn(t, `/sys/class/block/${name}/${which}`))
    found.push(yield* readDisk(t, other));
  return found;
}

export const byNumber = (a: Disk, b: Disk): number => a.major - b.major || a.minor - b.minor;
