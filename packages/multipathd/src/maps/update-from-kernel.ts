// update-from-kernel.ts — Adopts the kernel's table and status lines of a map. Mirrors libmultipath/structs_vec.c: update_multipath_strings, update_pathvec_from_dm.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { PathInfoMask } from '../discovery/pathinfo.ts';
import { pathinfo } from '../discovery/pathinfo.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { dmInfo, isPresent, statusOf, tableOf } from '../dm/dm-maps.ts';
import { logMissingTable } from '../dm/libdm-error.ts';
import { failPathMessage } from '../dm/messages.ts';
import type { StatusGroup } from '../dm/parse-status.ts';
import { parseStatus } from '../dm/parse-status.ts';
import type { ParsedTable } from '../dm/parse-table.ts';
import { parseTable, queueModeOf } from '../dm/parse-table.ts';
import type { Multipath } from '../multipath.ts';
import { createGroup, pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import { closePath, createPath } from '../path.ts';
import type { Session } from '../session.ts';
import { dropPath, findPathByNumber, tellUnknownNumber } from '../session.ts';
import type { KernelLines } from './already-adopted.ts';
import { alreadyAdopted } from './already-adopted.ts';
import { groupPriority } from './best-group.ts';
import { orphanPath } from './orphan.ts';

/** `gone`: there is no such map in the kernel. */
export type KernelUpdate = 'ok' | 'gone';

/**
 * Groups, states and counters of a map the daemon knows; a path that has left the table is nobody's from now on. With `asked` so much more
 * is found out about paths that are new.
 */
export function updateFromKernel(
  session: Session,
  map: Multipath,
  asked: PathInfoMask = {},
): Task<KernelUpdate> {
  if (session.log.verbosity >= 4) {
    collectPaths(session, map);
    session.log.put(4, `${map.alias}: update_multipath_strings`);
  }
  const lines = readLines(session, map);
  const isSettled = session.leaving.size === 0 && lines !== null && alreadyAdopted(map, lines);
  if (!isSettled) return takeOver(session, map, lines, asked);
  tellStatus(session, map);
  for (const group of map.groups) groupPriority(group);
  return OK;
}

const OK = ready<KernelUpdate>('ok');

function* takeOver(
  session: Session,
  map: Multipath,
  lines: KernelLines | null,
  asked: PathInfoMask,
): Task<KernelUpdate> {
  collectPaths(session, map);
  if (lines === null) return 'gone';
  yield* adopt(session, map, { table: lines.table, mask: null, asked });
  dropLeftOut(session, map);
  for (const group of map.groups) groupPriority(group);
  return 'ok';
}

/** The table and the status line alone. With a mask its paths are looked at in between, and paths that nobody knew before in any case. */
export function* readKernelTable(
  session: Session,
  map: Multipath,
  { mask = null, asked = mask ?? {} }: Partial<Asked> = {},
): Task<KernelUpdate> {
  const table = readTable(session, map);
  if (table === null) return 'gone';
  map.info = dmInfo(session.host.dm, map.alias);
  yield* adopt(session, map, { table, mask, asked });
  return 'ok';
}

function readLines(session: Session, map: Multipath): KernelLines | null {
  const table = readTable(session, map);
  return table === null ? null : { table, status: readStatus(session, map) };
}

/** Null when the kernel has no such map. */
function readTable(session: Session, map: Multipath): ParsedTable | null {
  const { dm } = session.host;
  const table = tableOf(dm, map.alias);
  if (table === null) {
    if (!isPresent(dm, map.alias)) logMissingTable(session, map.alias, 'dm_get_map');
    session.log.put(2, `${map.alias}: map not present`);
    return null;
  }
  map.size = table.size;
  if (session.log.verbosity >= 4) {
    session.log.put(4, `${map.alias}: disassemble map [${table.params}]`);
  }
  return parsedTable(map, table.params);
}

function readStatus({ host }: Session, map: Multipath): readonly StatusGroup[] {
  const text = statusOf(host.dm, map.alias) ?? '';
  return parsedStatus(map, text);
}

/** Logs, at verbosity 4, the status line that was read. */
function tellStatus({ log }: Session, { alias, parsed }: Multipath): void {
  if (log.verbosity < 4) return;
  log.put(4, `${alias}: disassemble status [${parsed.status?.text ?? ''}]`);
}

interface Adoption extends Asked {
  readonly table: ParsedTable;
}

/** Unknown devices of the table are looked at when both lines have been read. */
function* adopt(session: Session, map: Multipath, { table, mask, asked }: Adoption): Task<void> {
  adoptTable(session, map, table);
  const status = readStatus(session, map);
  tellStatus(session, map);
  applyStatus(map, status);
  yield* adoptPaths(session, map, { mask, asked });
}

/** Between two checks both lines are the same, nearly always. */
function parsedTable({ parsed }: Multipath, text: string): ParsedTable {
  if (parsed.table?.text !== text) parsed.table = { text, value: parseTable(text) };
  return parsed.table.value;
}

function parsedStatus({ parsed }: Multipath, text: string): readonly StatusGroup[] {
  if (parsed.status?.text !== text) parsed.status = { text, value: parseStatus(text) };
  return parsed.status.value;
}

/** A device that nobody knows gets a path without a name (disassemble_map). */
function adoptTable(session: Session, map: Multipath, table: ParsedTable): void {
  map.features = table.features;
  map.hardwareHandler = table.hardwareHandler;
  map.queueMode = queueModeOf(table);
  map.nextGroup = table.nextGroup;
  map.selector = table.groups[0]?.selector ?? '';
  // A table names the same devices most of the time: those are looked for first.
  const before = pathsInGroups(map);
  if (session.log.verbosity >= 3) sayNameless(session, before, table);
  map.groups = [];
  for (const [index, { paths }] of table.groups.entries()) {
    const group = createGroup();
    for (const { devT, minio } of paths) {
      const own = findPathByNumber(before, devT);
      const path = own?.initialized === 'ok' ? own : knownOrNameless(session, devT);
      path.groupIndex = index + 1;
      group.paths.push(path);
      map.minio = weightless(map, path, minio);
    }
    map.groups.push(group);
  }
}

function knownOrNameless({ config, paths }: Session, devT: string): Path {
  const known = findPathByNumber(paths, devT);
  if (known !== undefined) return known;
  const path = createPath('', config.pollingInterval);
  path.devT = devT;
  return path;
}

/** Devices that nobody knows are listed by number first, all of them, and get their names afterwards. */
function sayNameless({ log, paths }: Session, before: readonly Path[], table: ParsedTable): void {
  for (const { devT } of table.groups.flatMap((group) => group.paths)) {
    const isKnown = findPathByNumber(before, devT) ?? findPathByNumber(paths, devT);
    if (isKnown === undefined) log.put(3, `${devT}: Empty device name`);
  }
}

/** What is found out about paths. */
interface Asked {
  /** Of paths that are known. */
  readonly mask: PathInfoMask | null;
  /** Of the others. */
  readonly asked: PathInfoMask;
}

/** Drops paths that do not belong to the map, and groups that have none left (update_pathvec_from_dm). */
function* adoptPaths(session: Session, map: Multipath, what: Asked): Task<void> {
  const groups = map.groups.slice();
  for (const group of groups) {
    for (const path of group.paths.slice()) {
      if (!(yield* adoptPath(session, map, path, what))) {
        group.paths.splice(group.paths.indexOf(path), 1);
        map.needReload = true;
      }
    }
    if (group.paths.length > 0) continue;
    const index = map.groups.indexOf(group);
    session.log.put(2, `${map.alias}: removing empty pathgroup ${index}`);
    map.groups.splice(index, 1);
    map.needReload = true;
  }
}

/** Returns false if the path is no path of the map. */
function* adoptPath(
  session: Session,
  map: Multipath,
  path: Path,
  { mask, asked }: Asked,
): Task<boolean> {
  if (path.map !== null && path.map !== map) {
    const { alias } = path.map;
    session.log.put(0, `BUG: ${map.alias}: found path ${path.dev} which is already in ${alias}`);
    failPathMessage(session, map.alias, path.devT);
    return false;
  }
  path.map = map;
  if (path.dev === '') {
    if (!(yield* takeIn(session, map, path, asked))) {
      closePath(path);
      return false;
    }
  } else if (mask !== null) yield* pathinfo(session, path, mask);
  if (map.wwid === '' || path.wwid === map.wwid) return true;
  if (path.wwid !== '') {
    dropStranger(session, map, path);
    return false;
  }
  takeWwid(session, path, map.wwid);
  return true;
}

/** With rr_weight priorities round-robin's argument is a multiple of the priority. */
function weightless({ selector, rrWeight }: Multipath, { priority }: Path, minio: number): number {
  const weighted = selector.startsWith('round-robin') && rrWeight === 'priorities' && priority > 0;
  return weighted ? Math.floor(minio / priority) : minio;
}

/** Seconds. */
const PARTIAL_DELAY = 180;

/** Looks at a device of the table that discovery did not find; returns false if it is none, or must not be used. */
function* takeIn(session: Session, map: Multipath, path: Path, asked: PathInfoMask): Task<boolean> {
  const dev = nameOfDevice(session, path.devT);
  if (dev === undefined) {
    session.log.put(2, `get_udev_device: failed to look up ${path.devT} with type 1`);
    session.log.put(2, `${map.alias}: discarding non-existing path ${path.devT}`);
    return false;
  }
  path.dev = dev;
  const mask = { ...asked, sysfs: true, wwid: true, blacklist: true, noFallback: true };
  const result = yield* pathinfo(session, path, mask);
  if (result !== 'ok') {
    const code = result === 'failed' ? 1 : 2;
    session.log.put(1, `${dev}: error ${code} in pathinfo, discarding path`);
    return false;
  }
  session.log.put(2, `${map.alias}: adding new path ${dev}`);
  path.initialized = 'partial';
  path.partialDelay = PARTIAL_DELAY;
  session.leaving.add(path);
  path.tick = 1;
  session.paths.push(path);
  return true;
}

function nameOfDevice({ host }: Session, devT: string): string | undefined {
  return host.udev
    .blockDevices()
    .find((dev) => readAttribute(host, `/sys/block/${dev}/dev`) === devT);
}

function applyStatus(map: Multipath, groups: readonly StatusGroup[]): void {
  for (const [i, { status, paths }] of groups.entries()) {
    const group = map.groups[i];
    if (group === undefined) return;
    group.status = status;
    for (const { devT, state, failCount } of paths) {
      const path = group.paths.find((other) => other.devT === devT);
      if (path === undefined) continue;
      if (state !== 'undef') path.dmState = state;
      path.failCount = failCount;
    }
  }
}

/** A path of another disk is failed in the map, and looked at again by the next check. */
function dropStranger(session: Session, map: Multipath, path: Path): void {
  session.log.put(
    0,
    `${map.wwid}: path ${path.devT} WWID ${path.wwid} doesn't match, removing from map`,
  );
  failPathMessage(session, map.alias, path.devT);
  orphanPath(session, path, 'WWID mismatch');
  path.tick = 1;
}

/** A path that can't be opened has no WWID of its own: the map's is taken for it. */
function takeWwid({ log }: Session, path: Path, wwid: string): void {
  if (path.wwid !== '') return;
  path.wwid = wwid;
  log.put(3, `${path.dev}: setting wwid from map: ${wwid}`);
}

/** update_mpp_paths: those in groups are the map's, except one that is being removed. */
export function collectPaths(session: Session, map: Multipath): void {
  for (const path of pathsInGroups(map)) {
    if (path.initialized === 'removed' || map.paths.includes(path)) continue;
    tellUnknownNumber(session, map.paths, path.devT);
    if (session.paths.includes(path)) map.paths.push(path);
  }
}

/** sync_paths: the kernel's table has them no more. */
function dropLeftOut(session: Session, map: Multipath): void {
  const inTable = new Set(pathsInGroups(map));
  for (const path of map.paths.slice()) {
    if (inTable.has(path)) continue;
    session.log.put(3, `${map.alias} dropped path ${path.dev}`);
    map.paths.splice(map.paths.indexOf(path), 1);
    orphanPath(session, path, 'path removed externally');
  }
  for (const path of session.leaving) {
    const state = path.initialized;
    const stays = state !== 'removed' && state !== 'partial';
    if (stays || !session.paths.includes(path)) {
      session.leaving.delete(path);
      continue;
    }
    if (path.map !== map || inTable.has(path)) continue;
    for (const group of map.groups) tellUnknownNumber(session, group.paths, path.devT);
    session.log.put(2, `check_removed_paths: ${path.dev}: freeing path in ${state} state`);
    dropPath(session, path);
    session.leaving.delete(path);
    path.map = null;
  }
  collectPaths(session, map);
  for (const path of map.paths) path.map = map;
}
