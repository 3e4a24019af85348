// get-prio.ts — The priority of a path, by the prioritizer it gets. Mirrors libmultipath/discovery.c: get_prio, propsel.c: select_prio.
import type { Task } from '@dmsim/sim';

import { multipathEntry } from '../config/config.ts';
import { ORIGIN, originForPath } from '../config/origin.ts';
import { selectForPath } from '../config/select.ts';
import type { Settings } from '../config/settings.ts';
import { isYes, textOf } from '../config/settings.ts';
import { loadPrioritizer } from '../libraries.ts';
import type { Path } from '../path.ts';
import { PRIO_UNDEF, stateNumber } from '../path.ts';
import type { SelectedPrioritizer } from '../prioritizers/prioritizer.ts';
import { findPrioritizer } from '../prioritizers/registry.ts';
import type { Session } from '../session.ts';
import { pathOffline } from './path-offline.ts';
import { tpgsOf } from './select-checker.ts';
import { readDeviceAttribute } from './sysfs.ts';
import { tellOpenOfDevice } from './tell-open.ts';

/** A path that is down keeps the priority it had. */
export function* getPrio(session: Session, path: Path): Task<void> {
  const { host, process, log } = session;
  const { name, type, args } = path.prioritizer ?? (yield* selectPrio(session, path));
  if (type === null) {
    log.put(3, `${path.dev}: no prio selected`);
    path.priority = PRIO_UNDEF;
    return;
  }
  path.prioritizer = { name, type, args };
  const before = path.priority;
  const priority = yield* type.getPriority(path, { host, process, log, args });
  if (priority >= 0) {
    path.priority = priority;
    const level = priority === before ? 4 : 3;
    if (log.verbosity >= level) log.put(level, `${path.dev}: ${name} prio = ${priority}`);
    return;
  }
  const state = yield* pathOffline(session, path);
  const keeps = state === 'down' || state === 'pending';
  path.priority = keeps ? before : PRIO_UNDEF;
  const error = `${path.dev}: ${name} prio error in state ${stateNumber({ state })}`;
  log.put(3, keeps ? `${error}, keeping prio = ${before}` : error);
}

interface Choice {
  readonly prioritizer: SelectedPrioritizer;
  readonly origin: string;
  /** The level of the line of the log. */
  readonly level: number;
}

function* selectPrio(session: Session, path: Path): Task<SelectedPrioritizer> {
  const { config, log } = session;
  const detect = isYes(selectForPath(config, path.devices, 'detect_prio'));
  const from = originForPath(config, path.devices, 'detect_prio');
  log.put(3, `${path.dev}: detect_prio = ${detect ? 'yes' : 'no'} (setting: ${from})`);
  const detected = detect ? yield* detectPrio(session, path) : null;
  const { prioritizer, origin, level } =
    detected === null
      ? configuredPrio(session, path)
      : { prioritizer: selected(session, detected, ''), origin: ORIGIN.detected, level: 3 };
  if (isBuiltIn(prioritizer.name)) loadPrioritizer(session, prioritizer.name);
  if (prioritizer.type === null) tellMissing(session, prioritizer.name);
  const name = prioritizer.type === null ? '' : prioritizer.name;
  log.put(level, `${path.dev}: prio = ${name} (setting: ${origin})`);
  log.put(3, `${path.dev}: prio args = "${prioritizer.args}" (setting: ${origin})`);
  return prioritizer;
}

function tellMissing({ log }: Session, name: string): void {
  log.put(0, `Prioritizer '${name}' not found in /lib/multipath`);
  log.put(3, `unloading ${name} prioritizer`);
}

const isBuiltIn = (name: string): boolean => findPrioritizer(name) !== undefined;

/** alua needs a disk that reports target port groups. */
function configuredPrio(session: Session, path: Path): Choice {
  const choice = prioBySection(session, path);
  if (choice.prioritizer.name !== 'alua' || tpgsOf(session, path) !== 'none') return choice;
  const origin = 'emergency fallback - alua failed';
  return { prioritizer: selected(session, 'const', ''), origin, level: 1 };
}

/** Name and arguments come from the same section, except that device entries are taken together. */
function prioBySection(session: Session, path: Path): Choice {
  const { config } = session;
  const named = (section: Settings | null | undefined, origin: string): Choice | null => {
    const name = textOf(section ?? undefined, 'prio');
    const args = textOf(section ?? undefined, 'prio_args') ?? '';
    return name === undefined
      ? null
      : { prioritizer: selected(session, name, args), origin, level: 3 };
  };
  const first = (keyword: string): string | undefined =>
    path.devices.map(({ settings }) => textOf(settings, keyword)).find((v) => v !== undefined);
  const ofDevices = new Map(
    ['prio', 'prio_args'].flatMap((keyword) => {
      const text = first(keyword);
      return text === undefined ? [] : [[keyword, text] as const];
    }),
  );
  return (
    named(multipathEntry(config, path.wwid), ORIGIN.multipaths) ??
    named(config.overrides, ORIGIN.overrides) ??
    named(ofDevices, ORIGIN.devices) ??
    named(config.defaults, ORIGIN.defaults) ?? {
      prioritizer: selected(session, 'const', textOf(config.defaults, 'prio_args') ?? ''),
      origin: ORIGIN.internal,
      level: 3,
    }
  );
}

function selected({ host }: Session, name: string, args: string): SelectedPrioritizer {
  const own = host.plugins.prioritizers.find((prioritizer) => prioritizer.name === name);
  return { name, type: findPrioritizer(name) ?? own ?? null, args };
}

function* detectPrio(session: Session, path: Path): Task<string | null> {
  const tpgs = tpgsOf(session, path);
  if (tpgs === 'none') return null;
  tellOpenOfDevice(session, path.dev, 'access_state');
  const state = yield* readDeviceAttribute(session, path, 'access_state');
  if (state !== undefined) tellOpenOfDevice(session, path.dev, 'preferred_path');
  return state === undefined ? 'alua' : 'sysfs';
}
