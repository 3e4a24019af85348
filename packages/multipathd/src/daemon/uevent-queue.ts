// uevent-queue.ts — Uevents that wait for the dispatcher: drops those of no interest, cancels earlier ones by later ones, merges those of paths to one unit. Mirrors libmultipath/uevent.c: merge_uevq.
import { textOf } from '../config/settings.ts';
import { filterDevnode } from '../discovery/filter-path.ts';
import { uidAttributeByName } from '../discovery/pathinfo.ts';
import type { UdevEvent } from '../host.ts';
import type { Session } from '../session.ts';

export interface QueuedUevent {
  readonly event: UdevEvent;
  /** The unit, by `uid_attrs`. Undefined without that setting: then nothing is merged. */
  readonly wwid: string | undefined;
  /** Earlier events that do the same to other paths of the same unit: the map is loaded once for all of them. */
  merged: QueuedUevent[];
}

export interface UeventQueue {
  /** Events that udev has passed on since the dispatcher last looked. */
  readonly arrived: UdevEvent[];
  /** Events that the dispatcher has not dealt with, oldest first. */
  waiting: QueuedUevent[];
}

export const createUeventQueue = (): UeventQueue => ({ arrived: [], waiting: [] });

export const isMapEvent = ({ kernel }: UdevEvent): boolean => kernel.startsWith('dm-');

const shown = ({ action, kernel }: UdevEvent): string => `"${action} ${kernel}"`;

/** One look at the queue: how many events it took out, and where in `waiting` the events begin that the look before did not see. */
interface Look {
  fresh: number;
  filtered: number;
  merged: number;
}

/** Moves the events that have arrived to those that wait, without those that need not be dealt with. */
export function takeUevents(session: Session, queue: UeventQueue): void {
  const { log } = session;
  const arrived = queue.arrived.splice(0);
  const merges = textOf(session.config.defaults, 'uid_attrs') !== undefined;
  // multipathd goes through its queue from the newest event to the oldest, and the log names blacklisted devices in that order.
  const newestFirst = arrived.toReversed().filter((event) => !isUnwanted(session, event));
  const kept = newestFirst.toReversed();
  const look: Look = { fresh: queue.waiting.length, filtered: 0, merged: 0 };
  if (arrived.length > 0) {
    log.put(4, `Forwarding ${arrived.length} uevents`);
    log.put(4, 'uevent_dispatch: waking up');
    tellQueue(session, 'append', kept);
  }
  for (const event of kept) {
    const wwid = merges && !isMapEvent(event) ? wwidOf(session, event) : undefined;
    queue.waiting.push({ event, wwid, merged: [] });
  }
  for (let at = queue.waiting.length - 1; at >= look.fresh; at--) {
    at = cancelEarlier(session, queue, { at, look });
  }
  if (merges) {
    for (let at = queue.waiting.length - 1; at >= look.fresh; at--) {
      at = mergeEarlier(session, queue, { at, look });
    }
  }
  const { filtered, merged } = look;
  if (arrived.length === 0 && filtered === 0 && merged === 0) return;
  const discarded = arrived.length - kept.length;
  const counts = `${discarded} discarded, ${filtered} filtered, ${merged} merged`;
  log.put(3, `uevents: ${arrived.length} added, ${counts}`);
  const left = queue.waiting.map(({ event }) => event);
  tellQueue(session, 'merge', left);
}

function tellQueue({ log }: Session, step: string, events: readonly UdevEvent[]): void {
  if (log.verbosity < 4) return;
  const list = events.map((event, i) => `${i}:${shown(event)} `).join('');
  log.put(4, `uevent queue (${step}): ${list}`);
}

const isUnwanted = (session: Session, event: UdevEvent): boolean =>
  !isMapEvent(event) && filterDevnode(session, event.kernel);

const wwidOf = ({ config }: Session, { kernel, properties }: UdevEvent): string | undefined =>
  properties.get(uidAttributeByName(config, kernel) ?? '');

interface Place {
  readonly at: number;
  readonly look: Look;
}

/** Drops earlier events that the one at `at` makes pointless. Returns where that one stands afterwards. */
function cancelEarlier({ log }: Session, queue: UeventQueue, { at, look }: Place): number {
  const { waiting } = queue;
  const later = (waiting[at] as QueuedUevent).event;
  let place = at;
  for (let j = at - 1; j >= 0; j--) {
    const earlier = waiting[j] as QueuedUevent;
    const stay = earlier.merged.filter(({ event }) => !cancels(event, later));
    look.filtered += earlier.merged.length - stay.length;
    earlier.merged = stay;
    if (!cancels(earlier.event, later)) continue;
    log.put(4, `uevent: ${shown(earlier.event)} filtered by ${shown(later)}`);
    look.filtered++;
    // Events that were merged into the dropped one stand for themselves again.
    waiting.splice(j, 1, ...stay);
    place += stay.length - 1;
    if (j < look.fresh) look.fresh += stay.length - 1;
    j += stay.length;
  }
  return place;
}

/** When a path goes, every earlier event of it is pointless; when it comes, earlier changes are. */
function cancels(earlier: UdevEvent, later: UdevEvent): boolean {
  if (isMapEvent(later) || earlier.kernel !== later.kernel) return false;
  return later.action === 'remove' || (earlier.action === 'change' && later.action === 'add');
}

/** Merges earlier events of other paths to the same unit into the one at `at`. Returns where that one stands afterwards. */
function mergeEarlier({ log }: Session, queue: UeventQueue, { at, look }: Place): number {
  const { waiting } = queue;
  const later = waiting[at] as QueuedUevent;
  let place = at;
  for (let j = at - 1; j >= 0; j--) {
    const earlier = waiting[j] as QueuedUevent;
    if (stopsMerging(earlier, later)) break;
    if (!canMerge(earlier, later)) continue;
    const which = `${shown(earlier.event)} merged with ${shown(later.event)}`;
    log.put(4, `uevent: ${which} for WWID ${later.wwid}`);
    later.merged.unshift(...earlier.merged, earlier);
    earlier.merged = [];
    waiting.splice(j, 1);
    place--;
    look.merged++;
    if (j < look.fresh) look.fresh--;
  }
  return place;
}

/** True if merging must not reach past `earlier`: one of the units is unknown, or the two do different things to one unit. */
function stopsMerging(earlier: QueuedUevent, later: QueuedUevent): boolean {
  if (isMapEvent(later.event)) return true;
  if (earlier.wwid === undefined || later.wwid === undefined) return true;
  const [before, after] = [earlier.event.action, later.event.action];
  const differ = before !== after && before !== 'change' && after !== 'change';
  return differ && earlier.wwid === later.wwid;
}

function canMerge(earlier: QueuedUevent, later: QueuedUevent): boolean {
  const { action } = earlier.event;
  if (action !== later.event.action || action === 'change') return false;
  return !isMapEvent(earlier.event) && earlier.wwid === later.wwid;
}
