// reference.ts — Finds the WWID of the device on multipath's command line. Mirrors multipath/main.c: get_dev_type, libmultipath/configure.c: get_refwwid.
import { findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import { textOf } from '../config/settings.ts';
import { filterProperties, filterWwid } from '../discovery/filter-path.ts';
import { storePathinfo } from '../discovery/path-discovery.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { wwidOf } from '../dm/dm-maps.ts';
import { tellVersions } from '../libraries.ts';
import { wwidOfAlias } from '../names/bindings.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { lookUpPath } from '../session.ts';

/** A block device by its node or its number, or a map by its name, its WWID or its node. */
export type Reference = {
  /** As it stands on the command line. */
  readonly word: string;
} & (
  | { readonly kind: 'devnode'; readonly dev: string }
  | { readonly kind: 'devt'; readonly dev: string; readonly major: number; readonly minor: number }
  | { readonly kind: 'map'; readonly name: string }
);

/** Two numbers, as sscanf reads them: what follows counts for nothing. */
const NUMBERS = /^\s*([+-]?\d+):\s*([+-]?\d+)/;

/** Null for what can be none of them. */
export function referenceTo(
  { host }: Session,
  { cwd }: Pick<ProgramContext, 'cwd'>,
  word: string,
): Reference | null {
  const node = lookupPath(word, { root: host.root, cwd });
  if (typeof node !== 'string' && node.kind === 'block') {
    const { major, minor } = node;
    if (major !== host.dm.major) {
      // A link counts by its own name, wherever it leads.
      return { kind: 'devnode', dev: word.trimEnd().replace(/^.*\//, ''), word };
    }
    // libdevmapper looks for the device of a path, and takes any other word for a name.
    const cell = word.includes('/') ? findCell(host.dm, { major, minor }) : undefined;
    return { kind: 'map', name: cell?.name ?? word, word };
  }
  const numbers = NUMBERS.exec(word);
  if (numbers !== null) {
    const [, major, minor] = numbers;
    return { kind: 'devt', dev: word, word, major: Number(major), minor: Number(minor) };
  }
  return word.includes('/') ? null : { kind: 'map', name: word, word };
}

/** The WWID that a command is limited to; null: no limit. Undefined: the device has no WWID, and there is nothing to do. */
export function* scopeOf(
  session: Session,
  reference: Reference | null,
): Task<string | null | undefined> {
  if (reference === null) return null;
  const wwid = yield* wwidOfReference(session, reference, { blacklist: true });
  if (wwid === null) tellNoScope(session, reference);
  else session.log.put(3, `scope limited to ${wwid}`);
  return wwid ?? undefined;
}

/** Logs that the device of a command has no WWID. */
export function tellNoScope({ log }: Session, { word }: Reference): void {
  log.put(4, `${word}: failed to get wwid`);
  log.put(3, 'scope is null');
}

/** Null when it has none, or is blacklisted. */
export function* wwidOfReference(
  session: Session,
  reference: Reference,
  { blacklist }: { readonly blacklist: boolean },
): Task<string | null> {
  if (reference.kind === 'map') return yield* wwidOfMap(session, reference.name, { blacklist });
  const path = yield* pathOf(session, reference);
  if (path === null || (blacklist && filterProperties(session, path, 3))) return null;
  return path.wwid === '' ? null : path.wwid;
}

type DeviceReference = Exclude<Reference, { readonly kind: 'map' }>;

/** Null when there is no such device, or multipath has nothing to do with it. */
function* pathOf(session: Session, reference: DeviceReference): Task<Path | null> {
  const { log } = session;
  const dev = reference.kind === 'devnode' ? reference.dev : nameOf(session.host, reference);
  const known = dev === undefined ? undefined : lookUpPath(session, dev);
  if (known !== undefined) return known;
  if (dev === undefined || !isBlockDevice(session, dev)) {
    const type = reference.kind === 'devnode' ? 2 : 1;
    log.put(2, `get_udev_device: failed to look up ${reference.dev} with type ${type}`);
    log.put(0, `${reference.dev}: cannot find block device`);
    return null;
  }
  const path = yield* storePathinfo(session, dev, { sysfs: true, wwid: true });
  if (path === 'failed') log.put(0, `${reference.dev}: can't store path info`);
  return typeof path === 'string' ? null : path;
}

/** A path without the /dev that it begins with. */
export const bareName = (word: string): string => word.replace(/^\/dev\/(?=.)/, '');

/** A disk or a partition. */
export const isBlockDevice = ({ host: { root } }: Session, name: string): boolean =>
  /^[^/]+$/.test(name) &&
  typeof lookupPath(`/sys/class/block/${name}`, { root, cwd: '/' }) !== 'string';

function nameOf(
  host: Session['host'],
  { major, minor }: { readonly major: number; readonly minor: number },
): string | undefined {
  const number = `${major}:${minor}`;
  return host.udev
    .blockDevices()
    .find((name) => readAttribute(host, `/sys/block/${name}/dev`) === number);
}

function* wwidOfMap(
  session: Session,
  name: string,
  { blacklist }: { readonly blacklist: boolean },
): Task<string | null> {
  tellVersions(session);
  const configured = session.config.multipaths.find((entry) => textOf(entry, 'alias') === name);
  const wwid =
    wwidOf(session.host.dm, name) ??
    (yield* wwidOfAlias(session, name)) ??
    textOf(configured, 'wwid') ??
    name;
  const isNone = wwid === '' || (blacklist && filterWwid(session, null, wwid));
  return isNone ? null : wwid;
}
