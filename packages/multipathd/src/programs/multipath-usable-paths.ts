// multipath-usable-paths.ts — `multipath -C` and `-U`: answers whether a map has a path that I/O can take. Mirrors multipath/main.c: check_usable_paths.
import { findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';

import { multipathEntry } from '../config/config.ts';
import { pathOffline } from '../discovery/path-offline.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { isMultipathMap, wwidOf } from '../dm/dm-maps.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import { createMultipath, pathsInGroups } from '../multipath.ts';
import type { Session } from '../session.ts';
import type { Run } from './multipath.ts';

interface Device {
  /** As it is shown. */
  readonly name: string;
  readonly major: number;
  readonly minor: number;
}

/** The exit status: 0 if it has one. */
export function* checkUsablePaths(call: Run, context: ProgramContext): Task<number> {
  const { session, options } = call;
  // The operand is ignored, but there has to be one.
  const isNamed = options.device !== null;
  const device = options.fromUdev && isNamed ? fromEnvironment(session, context) : named(call);
  if (device === null) return 1;
  const alias = mapName(session, device);
  return alias === null ? 1 : yield* hasUsablePath(session, alias, device.name);
}

function* hasUsablePath(session: Session, alias: string, shown: string): Task<number> {
  const { config, host, log } = session;
  const map = createMultipath(alias, wwidOf(host.dm, alias) ?? '');
  map.entry = multipathEntry(config, map.wwid);
  session.maps.push(map);
  if ((yield* updateFromKernel(session, map)) === 'gone') return 1;
  for (const path of pathsInGroups(map)) {
    if (pathOffline(session, path) !== 'up' || path.dmState !== 'active') continue;
    log.put(3, `${shown}: path ${path.dev} is usable`);
    log.put(3, `${shown}: usable paths found`);
    return 0;
  }
  log.put(2, `${shown}: no usable paths found`);
  return 1;
}

function mapName({ host: { dm }, log }: Session, { name, major, minor }: Device): string | null {
  if (major !== dm.major) {
    log.put(1, `${name} is not a dm device`);
    return null;
  }
  const alias = findCell(dm, { major, minor })?.name;
  if (alias === undefined) {
    log.put(1, `dm device not found: ${name}`);
    return null;
  }
  if (isMultipathMap(dm, alias)) return alias;
  log.put(1, `${name} is not a multipath map`);
  return null;
}

/** By its numbers, or by the last part of its path, which is to be its name in sysfs: the name of a map is not. */
function named({ session, options, reference }: Run): Device | null {
  const { device: word } = options;
  const { udev } = session.host;
  if (word === null || word === '' || reference === null) return null;
  const base = word.slice(word.lastIndexOf('/') + 1);
  const number = (kernel: string): string =>
    readAttribute(session.host, `/sys/block/${kernel}/dev`) ?? '';
  const numbers = reference.kind === 'devt' ? `${reference.major}:${reference.minor}` : null;
  const isIt = (name: string): boolean =>
    numbers === null ? name === base : number(name) === numbers;
  const kernel = udev.blockDevices().find(isIt);
  if (kernel !== undefined) {
    const [major = 0, minor = 0] = number(kernel).split(':').map(Number);
    return { name: word, major, minor };
  }
  const type = TYPES[reference.kind];
  session.log.put(2, `get_udev_device: failed to look up ${word} with type ${type}`);
  return null;
}

/** enum devtypes */
const TYPES = { devt: 1, devnode: 2, map: 3 } as const;

/** The properties of a device that udev passes on. */
function fromEnvironment({ host }: Session, { env }: ProgramContext): Device | null {
  const [major, minor, path] = ['MAJOR', 'MINOR', 'DEVPATH'].map((name) => env.get(name));
  if (major === undefined || minor === undefined || path === undefined) return null;
  const kernel = path.slice(path.lastIndexOf('/') + 1);
  if (!host.udev.blockDevices().includes(kernel)) return null;
  return { name: path, major: Number(major), minor: Number(minor) };
}
