// watch.ts — The invariants of a run: an Observable of violations made from the batches of the trace.
import { onlyPollsAreDue, RECORD_WIDTH, unpackName } from '@dmsim/sim';
import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';

import type { TraceBatch } from '../events.ts';
import { events } from '../events.ts';
import { mapName } from '../map-name.ts';
import { createTraceEvent, pointOf, readRecord } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import { completesOnce } from './completes-once.ts';
import { daemonAgrees } from './daemon-agrees.ts';
import { daemonResumes } from './daemon-resumes.ts';
import { destroyedTable } from './destroyed-table.ts';
import { dispatchedInTime } from './dispatched-in-time.ts';
import type { Finding, Invariant } from './invariant.ts';
import { isForLedger, Ledger } from './ledger.ts';
import { ownMedium, placementFinder } from './medium.ts';
import { noPathLoss } from './no-path-loss.ts';
import { onePlace } from './one-place.ts';
import { openCounts } from './open-counts.ts';
import { orderOfRelease } from './order-of-release.ts';
import { ownUnit } from './own-unit.ts';
import { pathUsed } from './path-used.ts';
import { queueingEnds } from './queueing-ends.ts';
import { queueingKept } from './queueing-kept.ts';
import { quietWhileSuspended } from './quiet-while-suspended.ts';
import { readBack } from './read-back.ts';
import { staleWrite } from './stale-write.ts';
import { statusAgrees } from './status-agrees.ts';
import { suspendEnds } from './suspend-ends.ts';
import { suspendsPaired } from './suspends-paired.ts';
import type { Violation } from './violation.ts';

export const INVARIANTS: readonly Invariant[] = [
  completesOnce,
  onePlace,
  quietWhileSuspended,
  destroyedTable,
  orderOfRelease,
  pathUsed,
  dispatchedInTime,
  noPathLoss,
  queueingKept,
  suspendsPaired,
  suspendEnds,
  readBack,
  staleWrite,
  statusAgrees,
  openCounts,
  ownUnit,
  daemonResumes,
  queueingEnds,
  daemonAgrees,
];

const NO_OTHERS: readonly Invariant[] = [];

/** The most violations kept of one invariant. */
const MAX_VIOLATIONS = 20;

export interface WatchOptions {
  /**
   * Treats every device as a medium of its own, whatever its table: for runs in which each is written through one name only
   * and all paths of a map lead to the same data. @defaultValue false: what `placementFinder` is sure of is checked
   */
  readonly deviceIsMedium?: boolean;
  /** Invariants beside `INVARIANTS`. */
  readonly invariants?: readonly Invariant[];
}

/** Appends violations to `violations` as they are found, at most a batch later. */
export function watchInvariants(
  machine: Watched,
  violations: Violation[],
  { deviceIsMedium = false, invariants = NO_OTHERS }: WatchOptions = {},
): { unsubscribe(): void } {
  machine.layer.placementOf = deviceIsMedium ? ownMedium(machine) : placementFinder(machine);
  return events(machine.events)
    .pipe(checkInvariants(machine, withBuiltIn(invariants)))
    .subscribe((violation) => violations.push(violation));
}

/** Makes one pass over each batch: every record goes to the invariants that want it, then into their common ledger. */
export function checkInvariants(
  machine: Watched,
  invariants: readonly Invariant[],
): OperatorFunction<TraceBatch, Violation> {
  return (batches) =>
    new Observable<Violation>((subscriber) => {
      const ledger = new Ledger(machine.layer.bioIds);
      const checks = invariants.map((invariant) =>
        invariant.start({
          machine,
          ledger,
          report: reporter({ machine, ledger, invariant }, subscriber),
        }),
      );
      // Each has a shape of its own: to look `see` up would take longer than most of them do.
      // oxlint-disable-next-line typescript/unbound-method -- called with `this` below
      const sees = checks.map(({ see }) => see);
      const byPoint = indexByPoint(invariants);
      const event = createTraceEvent();
      // An iterator would take longer than most of them do.
      const show = (interested: readonly number[]): void => {
        for (let i = 0; i < interested.length; i++) {
          const nth = interested[i] as number;
          sees[nth]?.call(checks[nth], event);
        }
      };
      return batches.subscribe({
        next({ records, count }) {
          for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
            const point = pointOf(records, i);
            event.nth++;
            const interested = byPoint[point];
            const noted = isForLedger(point);
            if (interested === undefined && !noted) continue;
            readRecord(event, records, i);
            ledger.look(event);
            if (interested !== undefined) show(interested);
            if (noted) ledger.apply(event);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete() {
          const nothingDue = onlyPollsAreDue(machine.sim);
          for (const check of checks) check.end?.({ nothingDue });
          subscriber.complete();
        },
      });
    });
}

interface Reporting {
  readonly machine: Watched;
  readonly ledger: Ledger;
  readonly invariant: Invariant;
}

function reporter(
  { machine, ledger, invariant: { name: invariant, meaning } }: Reporting,
  to: { next(violation: Violation): void },
): (finding: Finding) => void {
  let left = MAX_VIOLATIONS;
  return (finding) => {
    if (left-- <= 0) return;
    to.next({
      invariant,
      meaning,
      ...finding,
      ...deviceOf(machine, finding),
      ...submitterOf(machine, ledger, finding),
    });
  };
}

function deviceOf(machine: Watched, { dev }: Finding): Pick<Violation, 'device'> {
  const disk = dev === undefined ? undefined : machine.layer.devices.get(dev);
  if (disk === undefined) return {};
  const map = mapName(machine, disk);
  return { device: map === undefined ? disk.name : `${map} (${disk.name})` };
}

function submitterOf(
  { sim }: Watched,
  ledger: Ledger,
  { bioId }: Finding,
): Pick<Violation, 'submitter'> {
  const by = bioId === undefined ? null : (ledger.bios.get(bioId)?.by ?? null);
  if (by === null || by.pid === 0) return {};
  const { pid, line, file, comm0, comm1, comm2 } = by;
  const comm = unpackName(comm0, comm1, comm2);
  return { submitter: { pid, comm, line, file: sim.traceNames[file] ?? '' } };
}

/** Lists of invariants are constants, and a search watches thousands of runs with one. */
const lists = new WeakMap<readonly Invariant[], readonly Invariant[]>();

function withBuiltIn(others: readonly Invariant[]): readonly Invariant[] {
  const known = lists.get(others);
  if (known !== undefined) return known;
  const all = [...INVARIANTS, ...others];
  lists.set(others, all);
  return all;
}

/** The places of the invariants that want a trace point, by its code. */
type ByPoint = readonly (readonly number[] | undefined)[];

const indexes = new WeakMap<readonly Invariant[], ByPoint>();

function indexByPoint(invariants: readonly Invariant[]): ByPoint {
  const known = indexes.get(invariants);
  if (known !== undefined) return known;
  const byPoint: number[][] = [];
  for (const [i, { points }] of invariants.entries())
    for (const point of points) (byPoint[point] ??= []).push(i);
  indexes.set(invariants, byPoint);
  return byPoint;
}
