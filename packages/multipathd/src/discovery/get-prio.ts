// get-prio.ts — The priority of a path, by the prioritizer it gets. Mirrors libmultipath/discovery.c: get_prio, propsel.c: select_prio.
import type { Task } from '@dmsim/sim';

import { multipathEntry } from '../config/config.ts';
import { selectForPath } from '../config/select.ts';
import { isYes, textOf } from '../config/settings.ts';
import type { Path } from '../path.ts';
import { PRIO_UNDEF } from '../path.ts';
import type { SelectedPrioritizer } from '../prioritizers/prioritizer.ts';
import { findPrioritizer } from '../prioritizers/registry.ts';
import type { Session } from '../session.ts';
import { pathOffline } from './path-offline.ts';
import { tpgsOf } from './select-checker.ts';
import { readDeviceAttribute } from './sysfs.ts';

/** A path that is down keeps the priority it had. */
export function* getPrio(session: Session, path: Path): Task<void> {
  const { host, process, log } = session;
  const { name, type, args } = path.prioritizer ?? (yield* selectPrio(session, path));
  if (type === null) {
    log.put(0, `Prioritizer '${name}' not found in /lib/multipath`);
    path.priority = PRIO_UNDEF;
    return;
  }
  path.prioritizer = { name, type, args };
  const before = path.priority;
  const priority = yield* type.getPriority(path, { host, process, log, args });
  if (priority >= 0) {
    path.priority = priority;
    return;
  }
  const state = yield* pathOffline(session, path);
  path.priority = state === 'down' || state === 'pending' ? before : PRIO_UNDEF;
}

function* selectPrio(session: Session, path: Path): Task<SelectedPrioritizer> {
  const { config, log } = session;
  if (isYes(selectForPath(config, path.devices, 'detect_prio'))) {
    const detected = yield* detectPrio(session, path);
    if (detected !== null) {
      log.put(3, `${path.dev}: prio = ${detected} (setting: storage device autodetected)`);
      return selected(session, detected, '');
    }
  }
  const chosen = configuredPrio(session, path);
  if (chosen.name !== 'alua' || tpgsOf(session, path) !== 'none') return chosen;
  log.put(1, `${path.dev}: prio = const (setting: emergency fallback - alua failed)`);
  return selected(session, 'const', '');
}

/** Name and arguments come from the same section, except that device entries are taken together. */
function configuredPrio(session: Session, path: Path): SelectedPrioritizer {
  const { config } = session;
  for (const section of [multipathEntry(config, path.wwid), config.overrides]) {
    const name = textOf(section ?? undefined, 'prio');
    if (name !== undefined)
      return selected(session, name, textOf(section ?? undefined, 'prio_args') ?? '');
  }
  const first = (keyword: string): string | undefined =>
    path.devices.map(({ settings }) => textOf(settings, keyword)).find((v) => v !== undefined);
  const name = first('prio');
  if (name !== undefined) return selected(session, name, first('prio_args') ?? '');
  const fallback = textOf(config.defaults, 'prio') ?? 'const';
  return selected(session, fallback, textOf(config.defaults, 'prio_args') ?? '');
}

function selected({ host }: Session, name: string, args: string): SelectedPrioritizer {
  const own = host.plugins.prioritizers.find((prioritizer) => prioritizer.name === name);
  return { name, type: findPrioritizer(name) ?? own ?? null, args };
}

function* detectPrio(session: Session, path: Path): Task<string | null> {
  const tpgs = tpgsOf(session, path);
  if (tpgs === 'none') return null;
  const { host, process } = session;
  const state = yield* readDeviceAttribute(host, process, path.dev, 'access_state');
  return state === undefined ? 'alua' : 'sysfs';
}
