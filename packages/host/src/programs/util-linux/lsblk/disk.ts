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
  /** The name and the UUID of a map. */
  readonly map: { readonly name: string; readonly uuid: string } | null;
}

/** The text of a file below /sys/block/NAME, without the newline; empty if there is none. */
export function* sysText(t: Tool, name: string, file: string): Task<string> {
  const opened = yield* openPath(t, `/sys/block/${name}/${file}`, { read: true, write: false });
  if (typeof opened === 'string') return '';
  const text = yield* readWhole(t, opened);
  t.opened.delete(opened);
  opened.release(t.process);
  return typeof text === 'string' ? text.replace(/\n$/, '') : '';
}

export function namesIn(t: Tool, path: string): readonly string[] {
  const node = lookup(t, path);
  return typeof node !== 'string' && node.kind === 'directory' ? node.entries() : [];
}

export function* readDisk(t: Tool, name: string): Task<Disk> {
  const [major = 0, minor = 0] = (yield* sysText(t, name, 'dev')).split(':').map(Number);
  const sectors = Number(yield* sysText(t, name, 'size'));
  const mapName = yield* sysText(t, name, 'dm/name');
  const map = mapName === '' ? null : { name: mapName, uuid: yield* sysText(t, name, 'dm/uuid') };
  return { name, major, minor, sectors, map };
}

/** The disks that stand on it (`holders`), or that it stands on (`slaves`), by number. */
export function* relatives(t: Tool, { name }: Disk, which: 'holders' | 'slaves'): Task<Disk[]> {
  const found: Disk[] = [];
  for (const other of namesIn(t, `/sys/block/${name}/${which}`))
    found.push(yield* readDisk(t, other));
  return found.toSorted(byNumber);
}

export const byNumber = (a: Disk, b: Disk): number => a.major - b.major || a.minor - b.minor;
