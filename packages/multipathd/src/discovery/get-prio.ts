// get-prio.ts — The priority of a path, by the prioritizer it gets. Mirrors libmultipath/discovery.c: get_prio, propsel.c: select_prio.
import type { Task } from '@dmsim/sim';
import { isReady, NOW } from '@dmsim/vfs';

import { multipathEntry } from '../config/config.ts';
import { ORIGIN, originForPath } from '../config/origin.ts';
import { selectForPath } from '../config/select.ts';
import type { Settings } from '../config/settings.ts';
import { isYes, textOf } from '../config/settings.ts';
import { loadPrioritizer } from '../libraries.ts';
import type { Path } from '../path.ts';
import { PRIO_UNDEF, stateNumber } from '../path.ts';
import type { Prioritizer, SelectedPrioritizer } from '../prioritizers/prioritizer.ts';
import { findPrioritizer } from '../prioritizers/registry.ts';
import type { Session } from '../session.ts';
import { pathOffline } from './path-offline.ts';
import { tpgsOf } from './select-checker.ts';
import { readDeviceAttribute } from './sysfs.ts';
import { tellOpenOfDevice } from './tell-open.ts';

/** A path that is down keeps the priority it had. Returns `NOW` if that was done without waiting. */
export function getPrio(session: Session, path: Path): Task<void> {
  const { prioritizer } = path;
  if (prioritizer === null || prioritizer.type === null) return selectAndAsk(session, path);
  const answer = ask(session, path, prioritizer.type, prioritizer.args);
  if (!isReady(answer) || answer.value < 0) return takeLater(session, path, answer);
  take(session, path, answer.value);
  return NOW;
}

function ask(
  { host, process, log }: Session,
  path: Path,
  type: Prioritizer,
  args: string,
): Task<number> {
  return type.getPriority(path, { host, process, log, args });
}

function* selectAndAsk(session: Session, path: Path): Task<void> {
  const prioritizer = path.prioritizer ?? selectPrio(session, path);
  if (prioritizer.type === null) {
    session.log.put(3, `${path.dev}: no prio selected`);
    path.priority = PRIO_UNDEF;
    return;
  }
  path.prioritizer = prioritizer;
  yield* takeLater(session, path, ask(session, path, prioritizer.type, prioritizer.args));
}

function* takeLater(session: Session, path: Path, answer: Task<number>): Task<void> {
  const { name } = path.prioritizer as SelectedPrioritizer;
  const before = path.priority;
  const priority = yield* answer;
  if (priority >= 0) {
    take(session, path, priority);
    return;
  }
  const state = pathOffline(session, path);
  const keeps = state === 'down' || state === 'pending';
  path.priority = keeps ? before : PRIO_UNDEF;
  const error = `${path.dev}: ${name} prio error in state ${stateNumber({ state })}`;
  session.log.put(3, keeps ? `${error}, keeping prio = ${before}` : error);
}

function take({ log }: Session, path: Path, priority: number): void {
  const level = priority === path.priority ? 4 : 3;
  path.priority = priority;
  if (log.verbosity < level) return;
  log.put(level, `${path.dev}: ${path.prioritizer?.name} prio = ${priority}`);
}

interface Choice {
  readonly prioritizer: SelectedPrioritizer;
  readonly origin: string;
  /** The level of the line of the log. */
  readonly level: number;
}

function selectPrio(session: Session, path: Path): SelectedPrioritizer {
  const { config, log } = session;
  const detect = isYes(selectForPath(config, path.devices, 'detect_prio'));
  const from = originForPath(config, path.devices, 'detect_prio');
  log.put(3, `${path.dev}: detect_prio = ${detect ? 'yes' : 'no'} (setting: ${from})`);
  const detected = detect ? detectPrio(session, path) : null;
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

function detectPrio(session: Session, path: Path): string | null {
  const tpgs = tpgsOf(session, path);
  if (tpgs === 'none') return null;
  tellOpenOfDevice(session, path.dev, 'access_state');
  const state = readDeviceAttribute(session, path, 'access_state');
  if (state !== undefined) tellOpenOfDevice(session, path.dev, 'preferred_path');
  return state === undefined ? 'alua' : 'sysfs';
}
