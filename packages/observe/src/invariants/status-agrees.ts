// status-agrees.ts — When a run is over, the status line of a multipath map says what happened to its paths.
import type { DmTarget } from '@dmsim/dm';
import { DM_TRACE, DM_TYPE } from '@dmsim/dm';
import { MULTIPATH_TRACE, PATH_SELECTORS } from '@dmsim/multipath';
import type { Multipath } from '@dmsim/multipath';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

/** The live table of a map, according to the trace. */
interface Told {
  /** Its number. */
  readonly table: number;
  /** How each path changed last, by group and device: `1 8:16`. */
  readonly paths: Map<string, { readonly failed: boolean; readonly failCount: number }>;
  /** Null: no path has changed yet. */
  validPaths: number | null;
}

interface PathStatus {
  readonly key: string;
  readonly failed: boolean;
  readonly failCount: number;
  readonly selector: string;
  /** The selector's words for it. */
  readonly info: readonly string[];
}

/** By selector: which of its words counts what is in flight on the path. */
const IN_FLIGHT: Readonly<Record<string, number>> = {
  'queue-length': 0,
  'service-time': 0,
  'historical-service-time': 1,
};

function start({ machine, ledger, report }: WatchedRun): Check {
  /** The maps whose table was seen to become live. */
  const maps = new Map<number, Told>();

  const pathChanged = (event: TraceEvent): void => {
    const told = maps.get(event.dev);
    if (told === undefined) return;
    const { path, group, validPaths, table } = argumentsOf(event, PATH_FAILED);
    // A table that was swapped out ends the activation of its paths before it goes.
    if (table !== told.table) return;
    const key = `${group} ${devText(path)}`;
    const failed = event.point === PATH_FAILED.code;
    const before = told.paths.get(key)?.failCount ?? 0;
    told.paths.set(key, { failed, failCount: before + (failed ? 1 : 0) });
    told.validPaths = validPaths;
  };
  return {
    see(event) {
      if (event.point === DM_TRACE.dm_swap_table.code)
        maps.set(event.dev, untold(argumentsOf(event, DM_TRACE.dm_swap_table).table));
      else pathChanged(event);
    },
    end() {
      const at = machine.sim.now;
      const idle = ledger.bios.size === 0;
      for (const md of machine.dm.devices.values()) {
        const told = maps.get(md.dev);
        const [ti] = md.map?.targets ?? [];
        if (told === undefined || ti?.type.name !== 'multipath' || !hasLinuxSelectors(ti)) continue;
        const ofBios = ti.table.type === DM_TYPE.BIO_BASED;
        const wrong = wrongIn(statusOf(ti), told, { idle, ofBios });
        if (wrong === null) continue;
        report({ message: `status of ${md.name} ${instantText(at)}: ${wrong}`, at, dev: md.dev });
      }
    },
  };
}

function wrongIn(
  paths: readonly PathStatus[],
  told: Told,
  { idle, ofBios }: { readonly idle: boolean; readonly ofBios: boolean },
): string | null {
  const active = paths.filter(({ failed }) => !failed).length;
  if (told.validPaths !== null && told.validPaths !== active) {
    return `${active} paths are active, and the map counts ${told.validPaths}`;
  }
  for (const path of paths) {
    // Records can't tell two entries of one device in one group apart.
    if (paths.filter(({ key }) => key === path.key).length > 1) continue;
    const wrong = wrongPath(path, told) ?? (idle ? wrongCount(path, ofBios) : null);
    if (wrong !== null) return wrong;
  }
  return null;
}

const LINUX_SELECTORS: ReadonlySet<string> = new Set(PATH_SELECTORS.map(({ name }) => name));

/** The status hook of a user's own selector is called when the lab asks, and not by an invariant: it may draw or throw. */
const hasLinuxSelectors = (ti: DmTarget): boolean =>
  (ti.state as Multipath).priorityGroups.every(({ selector }) =>
    LINUX_SELECTORS.has(selector.name),
  );

const PATH_FAILED = MULTIPATH_TRACE.mpath_path_failed;

const untold = (table: number): Told => ({ table, paths: new Map(), validPaths: null });

function wrongPath({ key, failed, failCount }: PathStatus, told: Told): string | null {
  const last = told.paths.get(key) ?? { failed: false, failCount: 0 };
  if (failed !== last.failed) {
    return `path ${key} is shown as ${failed ? 'F' : 'A'}, and was ${failed ? 'reinstated' : 'failed'} last`;
  }
  if (failCount === last.failCount) return null;
  return `path ${key} is shown to have failed ${failCount} times, and has ${last.failCount} times`;
}

/**
 * Below zero is what Linux shows, too, for bios: one that failed on a path, waited in the map, and was then given up or given
 * back is counted off that path once more.
 */
function wrongCount({ key, selector, info }: PathStatus, ofBios: boolean): string | null {
  const word = IN_FLIGHT[selector];
  const count = word === undefined ? 0 : Number(info[word]);
  if (word === undefined || count === 0 || (count < 0 && ofBios)) return null;
  return `${selector} counts ${info[word]} in flight on path ${key}, and no I/O is under way`;
}

/** Reads words one after another. */
class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#words = text.trim().split(' ');
  }

  next(): string {
    return this.#words[this.#at++] ?? '';
  }

  number(): number {
    return Number(this.next());
  }

  take(count: number): readonly string[] {
    this.#at += count;
    return this.#words.slice(this.#at - count, this.#at);
  }

  /** `<#words> [word]*` */
  skipCounted(): void {
    const count = this.number();
    this.#at += count;
  }
}

/**
 * Of `2 <queue_io> <pg_init_count> 0 <#groups> <group> { <letter> <#words> [word]* <#paths> <#info> { <dev> <A|F>
 * <fail count> [info]* }* }*`. It does not say which selector a group has.
 */
function statusOf(ti: DmTarget): PathStatus[] {
  const { priorityGroups } = ti.state as Multipath;
  const words = new Words(ti.type.status?.(ti, 'info') ?? '');
  words.skipCounted();
  words.skipCounted();
  const groups = words.number();
  words.next();
  const paths: PathStatus[] = [];
  for (let group = 1; group <= groups; group++) {
    const selector = priorityGroups[group - 1]?.selector.name ?? '';
    words.next();
    words.skipCounted();
    const count = words.number();
    const infoArgs = words.number();
    for (let i = 0; i < count; i++) {
      const key = `${group} ${words.next()}`;
      const failed = words.next() === 'F';
      paths.push({ key, failed, failCount: words.number(), selector, info: words.take(infoArgs) });
    }
  }
  return paths;
}

export const statusAgrees: Invariant = {
  name: 'the status line agrees with what happened',
  meaning: 'Whoever decides by the status line, as multipathd does, decides wrongly.',
  points: [
    MULTIPATH_TRACE.mpath_path_failed.code,
    MULTIPATH_TRACE.mpath_path_reinstated.code,
    DM_TRACE.dm_swap_table.code,
  ],
  start,
};
