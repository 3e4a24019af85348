// devd.ts — udevd: takes the kernel's uevents, applies the outcome of the rules, makes links, and informs listeners. Events of one device are handled one after another.
import type { BlockDevice } from '@dmsim/block';
import { rescanPartitions, scsiDeviceOf } from '@dmsim/block';
import { forgetWait } from '@dmsim/multipathd';
import type { Process, Task } from '@dmsim/sim';
import { micros, millis, sleepFor, waitEvent, wakeUp } from '@dmsim/sim';

import { spawnDaemon } from '../daemons.ts';
import type { Machine } from '../machine.ts';
import { baseProperties, diskRules, firstSeen, sequenceLinks } from './disk-rules.ts';
import { claimLinks, dropLinks } from './links.ts';
import { mapRules } from './map-rules.ts';
import { refuseOwnRules } from './own-rules.ts';
import { partitionRules } from './partition-rules.ts';
import { devpathOf, triggerUevent } from './trigger.ts';
import type { BlockUevent, Properties, UdevRecord } from './udev.ts';
import { countCookie, isBlockUevent } from './udev.ts';

/** The time that the rules of a disk and of a map take on an idle machine. */
const DISK_RULES = millis(50);
const MAP_RULES = millis(500);
/** Nothing is asked of a map that is gone: its event is through before the next program has started. */
const MAP_REMOVAL_RULES = micros(500);

/** The outcome of the rules for an event, and the program to run after them. */
export interface RulesOutcome extends UdevRecord {
  readonly run?: (self: Process) => Task<void>;
}

export function startUdev(machine: Machine): void {
  machine.udev.running = true;
  machine.uevents.listeners.add((event) => {
    if (isBlockUevent(event)) enqueue(machine, event);
  });
  for (const dev of machine.layer.byName.values()) coldplug(machine, dev);
}

/** A device that was there before udevd. */
function coldplug(machine: Machine, dev: BlockDevice): void {
  const place = { devpath: devpathOf(dev), since: firstSeen(machine, undefined) };
  const properties = new Map(baseProperties(dev, place));
  machine.udev.database.set(dev.name, { properties, links: sequenceLinks(dev), linkPriority: 0 });
  claimLinks(machine, dev.name);
}

/** The device of an event; for a partition also its disk, whose events come before its own. */
function placeOf({ devpath }: BlockUevent): { disk: string; kernel: string } | undefined {
  const [, disk, part] = /\/block\/([^/]+)(?:\/([^/]+))?$/.exec(devpath) ?? [];
  return disk === undefined ? undefined : { disk, kernel: part ?? disk };
}

function enqueue(machine: Machine, event: BlockUevent): void {
  const place = placeOf(event);
  if (place === undefined) return;
  const { disk, kernel } = place;
  const { queues } = machine.udev;
  const cookie = cookieOf(event);
  if (cookie !== undefined) countCookie(machine.udev, cookie, 1, machine.sim.now);
  const waiting = queues.get(disk);
  if (waiting !== undefined) {
    waiting.push(lasting(machine, kernel, event));
    return;
  }
  queues.set(disk, [lasting(machine, kernel, event)]);
  unwatch(machine, kernel);
  spawnDaemon(machine, '(udev-worker)', (self) => work(self, machine, disk));
}

/** A map that goes takes its sequence number along. */
function lasting({ dm }: Machine, kernel: string, event: BlockUevent): BlockUevent {
  if (event.action !== 'remove' || !kernel.startsWith('dm-')) return event;
  const diskSeq = dm.devices.get(Number(kernel.slice('dm-'.length)))?.disk?.diskSeq;
  if (diskSeq === undefined) return event;
  return { ...event, variables: [...event.variables, ['DISKSEQ', String(diskSeq)]] };
}

export function cookieOf({ variables }: BlockUevent): number | undefined {
  const text = variables.find(([name]) => name === 'DM_COOKIE')?.[1];
  return text === undefined ? undefined : Number(text);
}

/** Handles the events of a disk and its partitions until none is left. */
function* work(self: Process, machine: Machine, disk: string): Task<number> {
  const { udev } = machine;
  const queue = udev.queues.get(disk) ?? [];
  for (let event = queue[0]; event !== undefined; event = queue[0]) {
    yield* waitEvent(udev.processed, () => !udev.stopped);
    const kernel = placeOf(event)?.kernel ?? disk;
    yield* processEvent(self, machine, { kernel, event });
    queue.shift();
    if (queue.length === 0) udev.queues.delete(disk);
    wakeUp(udev.processed);
  }
  return 0;
}

/** A close that comes while an event of the device is handled goes unnoticed (udev_watch_end). */
const unwatch = ({ udev }: Machine, kernel: string): void => void udev.watched.delete(kernel);

interface DeviceEvent {
  readonly kernel: string;
  readonly event: BlockUevent;
}

function* processEvent(
  self: Process,
  machine: Machine,
  { kernel, event }: DeviceEvent,
): Task<void> {
  const { udev } = machine;
  const isMap = kernel.startsWith('dm-');
  const ofMap = event.action === 'remove' ? MAP_REMOVAL_RULES : MAP_RULES;
  unwatch(machine, kernel);
  yield* refuseOwnRules(self, machine);
  yield* sleepFor(isMap ? ofMap : DISK_RULES);
  let properties: Properties;
  let links = udev.database.get(kernel)?.links ?? [];
  if (event.action === 'remove') {
    const before = udev.database.get(kernel)?.properties;
    const since = ['USEC_INITIALIZED', firstSeen(machine, before)] as const;
    const place = ['DEVPATH', event.devpath] as const;
    properties = new Map([...(before ?? []), since, place, ...event.variables]);
    udev.database.delete(kernel);
    dropLinks(machine, kernel);
    forgetWait(machine, `${properties.get('MAJOR')}:${properties.get('MINOR')}`);
  } else {
    const rules = rulesFor(machine, kernel);
    const outcome = yield* rules(self, machine, { kernel, event });
    if (outcome === null) return finish(machine, event);
    ({ properties, links } = outcome);
    udev.database.set(kernel, { ...outcome, properties: kept(properties, event) });
    udev.watched.add(kernel);
    claimLinks(machine, kernel);
    if (outcome.run !== undefined) yield* outcome.run(self);
  }
  finish(machine, event);
  const processed = { kernel, properties, links, ...event };
  for (const listener of udev.listeners) listener(processed);
}

function rulesFor({ layer }: Machine, kernel: string): typeof diskRules {
  if (kernel.startsWith('dm-')) return mapRules;
  const dev = layer.byName.get(kernel);
  return dev !== undefined && dev.partition !== null ? partitionRules : diskRules;
}

/** The properties that the database keeps: no empty values, nothing that begins with a dot, and of what the kernel sent only what rules find out, too. */
function kept(properties: Properties, { variables }: BlockUevent): Properties {
  const result = new Map<string, string>();
  for (const [name, value] of properties) {
    if (value !== '' && !name.startsWith('.')) result.set(name, value);
  }
  for (const [name] of variables) if (name !== 'DM_NAME' && name !== 'DM_UUID') result.delete(name);
  return result;
}

function finish({ udev, sim }: Machine, event: BlockUevent): void {
  const cookie = cookieOf(event);
  if (cookie !== undefined) countCookie(udev, cookie, -1, sim.now);
  wakeUp(udev.processed);
}

/** Waits until every event so far is finished (udevadm settle). */
export const settle = ({ udev }: Machine, timeout: number): Task<unknown> =>
  waitEvent(udev.processed, () => udev.queues.size === 0, { timeout, interruptible: true });

/** Handles the close of a file that was open for writing: if udev watches the device, it has the kernel look for partitions, and sends a change event. */
export function closedAfterWrite(machine: Machine, kernel: string): void {
  if (!machine.udev.watched.has(kernel)) return;
  const dev = machine.layer.byName.get(kernel);
  if (dev !== undefined && mayHavePartitions(dev) && lookForPartitions(dev)) return;
  triggerUevent(machine, kernel, 'change');
  for (const part of dev?.partitions ?? []) triggerUevent(machine, part.name, 'change');
}

const mayHavePartitions = (dev: BlockDevice): boolean =>
  scsiDeviceOf(dev) !== null || dev.partitions.length > 0;

/** Has the kernel read the table of a disk that is not claimed (synthesize_change). True if there are partitions: then the kernel has told of the change itself. */
const lookForPartitions = (dev: BlockDevice): boolean =>
  rescanPartitions(dev) === undefined && dev.partitions.length > 0;
