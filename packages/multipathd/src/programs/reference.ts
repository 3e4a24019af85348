// reference.ts — Finds the WWID of the device on multipath's command line. Mirrors multipath/main.c: get_dev_type, libmultipath/configure.c: get_refwwid.
import { findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import { textOf } from '../config/settings.ts';
import { filterProperties, filterWwid } from '../discovery/filter-path.ts';
import { storePathinfo } from '../discovery/path-discovery.ts';
import { wwidOf } from '../dm/dm-maps.ts';
import { tellVersions } from '../libraries.ts';
import { wwidOfAlias } from '../names/bindings.ts';
import type { Session } from '../session.ts';
import { findPath } from '../session.ts';

export type Reference =
  /** A block device by its node, or its number. */
  | { readonly kind: 'devnode'; readonly dev: string }
  | { readonly kind: 'devt'; readonly dev: string; readonly major: number; readonly minor: number }
  /** A map by its name, its WWID, its node. */
  | { readonly kind: 'map'; readonly name: string };

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
    if (major !== host.dm.major) return devnode(host.udev.blockDevices(), host, major, minor);
    // libdevmapper looks for the device of a path, and takes any other word for a name.
    const cell = word.includes('/') ? findCell(host.dm, { major, minor }) : undefined;
    return { kind: 'map', name: cell?.name ?? word };
  }
  const numbers = NUMBERS.exec(word);
  if (numbers !== null) {
    return { kind: 'devt', dev: word, major: Number(numbers[1]), minor: Number(numbers[2]) };
  }
  return word.includes('/') ? null : { kind: 'map', name: word };
}

// oxlint-disable-next-line max-params -- a device by number
function devnode(
  names: readonly string[],
  host: Session['host'],
  major: number,
  minor: number,
): Reference | null {
  const dev = names.find((name) => {
    const properties = host.udev.properties(name);
    return properties?.get('MAJOR') === String(major) && properties.get('MINOR') === String(minor);
  });
  return dev === undefined ? null : { kind: 'devnode', dev };
}

/** The WWID that a command is limited to; null: no limit. Undefined: the device has no WWID, and there is nothing to do. */
export function* scopeOf(
  session: Session,
  reference: Reference | null,
): Task<string | null | undefined> {
  if (reference === null) return null;
  const wwid = yield* wwidOfReference(session, reference, { blacklist: true });
  session.log.put(3, wwid === null ? 'scope is null' : `scope limited to ${wwid}`);
  return wwid ?? undefined;
}

/** Null when it has none, or is blacklisted. */
export function* wwidOfReference(
  session: Session,
  reference: Reference,
  { blacklist }: { readonly blacklist: boolean },
): Task<string | null> {
  if (reference.kind === 'map') return yield* wwidOfMap(session, reference.name, { blacklist });
  const dev = nameOf(session, reference);
  if (dev === undefined) {
    if (reference.kind === 'devt') {
      session.log.put(2, `get_udev_device: failed to look up ${reference.dev} with type 1`);
    }
    session.log.put(0, `${reference.dev}: cannot find block device`);
    return null;
  }
  const path =
    findPath(session, dev) ?? (yield* storePathinfo(session, dev, { sysfs: true, wwid: true }));
  if (typeof path === 'string') return null;
  if (blacklist && filterProperties(session, path, 3)) return null;
  return path.wwid === '' ? null : path.wwid;
}

function nameOf(
  { host }: Session,
  reference: Extract<Reference, { kind: 'devnode' | 'devt' }>,
): string | undefined {
  if (reference.kind === 'devnode') return reference.dev;
  return host.udev.blockDevices().find((name) => {
    const properties = host.udev.properties(name);
    const [major, minor] = [properties?.get('MAJOR'), properties?.get('MINOR')];
    return major === String(reference.major) && minor === String(reference.minor);
  });
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
  const isNone = wwid === '' || (blacklist && filterWwid(session, wwid, wwid));
  return isNone ? null : wwid;
}
