// map-rules.ts — The outcome of udev's rules for a mapped device: its names, its readiness, its activation, and whether it is probed. Outcome of 55-dm.rules, 56-dm-mpath.rules, 60-persistent-storage-dm.rules, 60-kpartx.rules.
import type { MappedDevice } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import { hasRefusingPath, hasUsablePath } from '../multipathd/usable-path.ts';
import type { Disk } from '../programs/kpartx/partition-maps.ts';
import { addPartitions, SILENT, uuidOfDisk } from '../programs/kpartx/partition-maps.ts';
import { partitionsOf } from '../programs/kpartx/read-table.ts';
import type { NumberedUevent } from '../uevent-bus.ts';
import type { RulesOutcome } from './devd.ts';
import { baseProperties, firstSeen } from './disk-rules.ts';
import { setAll } from './partition-properties.ts';
import { probe } from './probe.ts';

type Changing = Map<string, string>;

/** The flags in the upper half of a cookie, with their names. */
const FLAGS: readonly (readonly [bit: number, name: string])[] = [
  [0x01, 'DM_UDEV_DISABLE_DM_RULES_FLAG'],
  [0x02, 'DM_UDEV_DISABLE_SUBSYSTEM_RULES_FLAG'],
  [0x04, 'DM_UDEV_DISABLE_DISK_RULES_FLAG'],
  [0x08, 'DM_UDEV_DISABLE_OTHER_RULES_FLAG'],
  [0x10, 'DM_UDEV_LOW_PRIORITY_FLAG'],
  [0x20, 'DM_UDEV_DISABLE_LIBRARY_FALLBACK_FLAG'],
  [0x40, 'DM_UDEV_PRIMARY_SOURCE_FLAG'],
  [0x100, 'DM_SUBSYSTEM_UDEV_FLAG0'],
  [0x200, 'DM_SUBSYSTEM_UDEV_FLAG1'],
  [0x400, 'DM_SUBSYSTEM_UDEV_FLAG2'],
];

/** The properties that an event without a cookie takes over from the event before. */
const REMEMBERED = [
  ...FLAGS.slice(0, 7).map(([, name]) => name),
  'DM_UDEV_RULES',
  'DM_UDEV_RULES_VSN',
] as const;

/** Rules that leave a map alone until it has a table. */
const NOT_YET = [
  'DM_UDEV_DISABLE_SUBSYSTEM_RULES_FLAG',
  'DM_UDEV_DISABLE_DISK_RULES_FLAG',
  'DM_UDEV_DISABLE_OTHER_RULES_FLAG',
] as const;

interface MapEvent {
  readonly kernel: string;
  readonly event: NumberedUevent;
  readonly md: MappedDevice;
  /** The properties after the event before. */
  readonly before: ReadonlyMap<string, string>;
}

/** Returns null if the device has gone meanwhile. */
export function* mapRules(
  self: Process,
  machine: Machine,
  { kernel, event }: Pick<MapEvent, 'kernel' | 'event'>,
): Task<RulesOutcome | null> {
  const md = machine.dm.devices.get(Number(kernel.slice('dm-'.length)));
  if (md === undefined || md.disk === null || md.cell === null) return null;
  const before = propertiesBefore(machine, kernel);
  const call: MapEvent = { kernel, event, md, before };
  const since = firstSeen(machine, before);
  const properties: Changing = new Map(baseProperties(md.disk, { ...event, since }));
  setAll(properties, event.variables);
  if (!deviceMapperRules(properties, call)) {
    return { properties, links: [], linkPriority: 0 };
  }
  return md.cell.uuid?.startsWith('mpath-') === true
    ? yield* multipathMap(self, machine, properties, call)
    : yield* plainMap(self, machine, properties, call);
}

function* plainMap(
  self: Process,
  machine: Machine,
  properties: Changing,
  { kernel, md }: MapEvent,
): Task<RulesOutcome> {
  if (mayScan(properties)) yield* probe(self, machine, kernel);
  return readyMap(md, properties, 0);
}

/**
 * The reads of the probe after an event of a path, for a map with a path that refuses reads. Linux makes all 30. One of them
 * always meets that path and fails it, and the daemon reinstates it within a second: which of the two a lab sees depends on how long
 * udev took, which varies from half a second to two. With two reads, as in the recording of `daemon-hotplug`, it sees both.
 */
const READS_IF_REFUSED = 2;

/** PATH_FAILED or PATH_REINSTATED. */
const tellsOfPath = (properties: Changing): boolean =>
  properties.get('DM_ACTION')?.startsWith('PATH_') === true;

function* multipathMap(
  self: Process,
  machine: Machine,
  properties: Changing,
  call: MapEvent,
): Task<RulesOutcome> {
  const { kernel, md, before } = call;
  multipathRules(machine, properties, call);
  const isRace = tellsOfPath(properties) && hasRefusingPath(machine, md);
  const most = isRace ? READS_IF_REFUSED : Infinity;
  if (mayScan(properties)) yield* probe(self, machine, kernel, most);
  const outcome = readyMap(md, properties, 50);
  if (!wantsPartitions(properties, before)) return outcome;
  return { ...outcome, run: runKpartx(machine, md) };
}

function readyMap(md: MappedDevice, properties: Changing, linkPriority: number): RulesOutcome {
  if (properties.has('DM_UUID')) properties.set('SYSTEMD_READY', '1');
  return { properties, links: linksOf(md, properties), linkPriority };
}

const propertiesBefore = ({ udev }: Machine, kernel: string): ReadonlyMap<string, string> =>
  udev.database.get(kernel)?.properties ?? new Map();

const mayScan = (properties: Changing): boolean =>
  properties.get('DM_SUSPENDED') !== '1' && properties.get('DM_NOSCAN') !== '1';

/** Returns false if the rules must leave the device alone (dm_disable). */
function deviceMapperRules(properties: Changing, { event, md, before }: MapEvent): boolean {
  takeFlags(properties);
  if (isPrimarySource(properties)) properties.set('DM_ACTIVATION', '1');
  else remember(properties, before, REMEMBERED);
  if (event.action === 'add') {
    if (!isPrimarySource(properties)) {
      for (const name of NOT_YET) properties.set(name, '1');
      properties.set('SYSTEMD_READY', '0');
      return false;
    }
    properties.set('DM_ACTIVATION', '1');
  }
  // An event of a path brings both; the rules set them anew.
  for (const name of ['DM_NAME', 'DM_UUID']) properties.delete(name);
  properties.set('DM_NAME', md.cell?.name ?? '');
  setUnlessEmpty(properties, 'DM_UUID', md.cell?.uuid ?? '');
  properties.set('DM_SUSPENDED', md.suspended ? '1' : '0');
  properties.set('DM_UDEV_RULES', '1');
  properties.set('DM_UDEV_RULES_VSN', '2');
  if (md.suspended) properties.set('DM_UDEV_DISABLE_OTHER_RULES_FLAG', '1');
  return true;
}

/** udev does not keep an empty value. */
function setUnlessEmpty(properties: Changing, name: string, value: string): void {
  if (value !== '') properties.set(name, value);
}

/** Sets the properties that the flags in the cookie stand for. */
function takeFlags(properties: Changing): void {
  const cookie = Number(properties.get('DM_COOKIE') ?? 0);
  for (const [bit, name] of FLAGS) if (((cookie >>> 16) & bit) !== 0) properties.set(name, '1');
}

const isPrimarySource = (properties: Changing): boolean =>
  properties.get('DM_UDEV_PRIMARY_SOURCE_FLAG') === '1';

const OTHER_RULES = 'DM_UDEV_DISABLE_OTHER_RULES_FLAG';
const OLD_OTHER_RULES = 'DM_DISABLE_OTHER_RULES_FLAG_OLD';

function multipathRules(machine: Machine, properties: Changing, { md, before }: MapEvent): void {
  remember(properties, before, [OLD_OTHER_RULES, 'MPATH_DEVICE_READY']);
  const action = properties.get('DM_ACTION') ?? '';
  const fromDm = properties.has('DM_COOKIE') || tellsOfPath(properties);
  if (fromDm || !keepsSilent(properties, before)) readiness(machine, properties, { md, action });
  const wwid = (md.cell?.uuid ?? '').slice('mpath-'.length);
  properties.set('DM_TYPE', 'scsi');
  properties.set('DM_WWN', `0x${wwid.slice(1)}`);
  properties.set('DM_SERIAL', wwid);
}

/**
 * An event that is not dm's own changes nothing about a map that is not ready. The rule imports both properties, and a rule
 * whose import fails does not apply: any other map is looked at as if dm had said something.
 */
function keepsSilent(properties: Changing, before: ReadonlyMap<string, string>): boolean {
  remember(properties, before, [OTHER_RULES]);
  if (!before.has(OTHER_RULES)) return false;
  remember(properties, before, ['DM_NOSCAN']);
  return before.has('DM_NOSCAN');
}

function remember(
  properties: Changing,
  before: ReadonlyMap<string, string>,
  names: readonly string[],
): void {
  for (const name of names) {
    const value = before.get(name);
    if (value !== undefined) properties.set(name, value);
  }
}

/** Sets whether the map is ready. A map without a usable path is not ready, and must not be probed. */
function readiness(
  machine: Machine,
  properties: Changing,
  { md, action }: { readonly md: MappedDevice; readonly action: string },
): void {
  const was = properties.get('MPATH_DEVICE_READY') ?? '';
  properties.set('.MPATH_DEVICE_READY_OLD', was);
  const noPaths = saysNoPaths(properties);
  if (!noPaths) properties.set('MPATH_SBIN_PATH', '/sbin');
  if (noPaths || !hasUsablePath(machine, md)) properties.set('MPATH_DEVICE_READY', '0');
  else if (action !== 'PATH_FAILED') properties.set('MPATH_DEVICE_READY', '1');
  const unchanged = properties.get('DM_SUBSYSTEM_UDEV_FLAG0') === '1' || tellsOfPath(properties);
  if (unchanged) {
    properties.set('DM_ACTIVATION', '0');
    properties.set('MPATH_UNCHANGED', '1');
  }
  if (properties.get('MPATH_DEVICE_READY') === '0') holdOtherRules(properties, was);
  else if (was === '0') releaseOtherRules(properties);
}

const saysNoPaths = (properties: Changing): boolean =>
  properties.get('DM_SUBSYSTEM_UDEV_FLAG2') === '1' || properties.get('DM_NR_VALID_PATHS') === '0';

/** The map is not ready: it must not be scanned, and the setting for other rules is kept for later. */
function holdOtherRules(properties: Changing, was: string): void {
  properties.set('DM_NOSCAN', '1');
  if (was === '1' && (properties.get(OLD_OTHER_RULES) ?? '') === '') {
    properties.set(OLD_OTHER_RULES, properties.get(OTHER_RULES) ?? '');
  }
  properties.set(OTHER_RULES, '1');
}

/** The map has become ready: the setting for other rules holds again, as if the map were new. */
function releaseOtherRules(properties: Changing): void {
  properties.set(OTHER_RULES, properties.get(OLD_OTHER_RULES) ?? '');
  properties.delete(OLD_OTHER_RULES);
  properties.set('DM_ACTIVATION', '1');
  properties.set('MPATH_UNCHANGED', '0');
}

function linksOf(md: MappedDevice, properties: Changing): string[] {
  const { name = '', uuid } = md.cell ?? { uuid: null };
  const serial = properties.get('DM_SERIAL');
  const ownLink = properties.get('DM_UDEV_DISABLE_DM_RULES_FLAG') !== '1';
  return [
    ...(ownLink ? [`mapper/${name}`] : []),
    `disk/by-id/dm-name-${name}`,
    ...(uuid === null ? [] : [`disk/by-id/dm-uuid-${uuid}`]),
    ...(serial === undefined
      ? []
      : [`disk/by-id/scsi-${serial}`, `disk/by-id/wwn-${properties.get('DM_WWN')}`]),
  ];
}

function wantsPartitions(properties: Changing, before: ReadonlyMap<string, string>): boolean {
  if (properties.get('DM_ACTIVATION') !== '1') {
    remember(properties, before, ['DM_SUBSYSTEM_UDEV_FLAG1']);
  }
  return (
    properties.get(OTHER_RULES) !== '1' &&
    properties.get('DM_SUBSYSTEM_UDEV_FLAG1') !== '1' &&
    properties.get('MPATH_UNCHANGED') !== '1' &&
    mayScan(properties)
  );
}

/** Runs `kpartx -un -p -part /dev/dm-N`. */
const runKpartx =
  (machine: Machine, md: MappedDevice) =>
  (self: Process): Task<void> =>
    kpartx(self, machine, md);

function* kpartx(self: Process, machine: Machine, { minor, cell, dm }: MappedDevice): Task<void> {
  const { major } = dm;
  const disk: Disk = {
    major,
    minor,
    base: cell?.name ?? '',
    delimiter: '-part',
    uuid: cell?.uuid ?? uuidOfDisk(major, minor),
  };
  const question = { major, minor, forceGpt: false, type: null };
  const answer = yield* partitionsOf(self, machine, question);
  if (typeof answer === 'string') return;
  const { partitions } = answer;
  const how = { readOnly: false, update: true };
  yield* addPartitions({
    machine,
    disk,
    voice: SILENT,
    waits: false,
    nodeMode: null,
    partitions,
    ...how,
  });
}
