// disk-rules.ts — The outcome of udev's rules for a SCSI disk: its identity, its links, whether it belongs to multipath, and the probe of what is on it. Outcome of 60-persistent-storage.rules, 60-multipath.rules, 68-del-part-nodes.rules.
import type { BlockDevice, LogicalUnit, ScsiDevice } from '@dmsim/block';
import { naaName, scsiDeviceOf, t10Name } from '@dmsim/block';
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import { identityOf } from '../scsi-identity.ts';
import type { NumberedUevent } from '../uevent-bus.ts';
import { askMultipath } from './ask-multipath.ts';
import type { RulesOutcome } from './devd.ts';
import { diskTags, setAll } from './partition-properties.ts';
import { probe } from './probe.ts';
import type { Properties } from './udev.ts';

/** Returns null if the disk has gone meanwhile. */
export function* diskRules(
  self: Process,
  machine: Machine,
  { kernel, event }: { readonly kernel: string; readonly event: NumberedUevent },
): Task<RulesOutcome | null> {
  const dev = machine.layer.byName.get(kernel);
  if (dev === undefined) return null;
  const before = machine.udev.database.get(kernel)?.properties;
  const since = firstSeen(machine, before);
  const properties = new Map(baseProperties(dev, { ...event, since }));
  setAll(properties, event.variables);
  setAll(properties, identity(dev));
  const unit = scsiDeviceOf(dev)?.unit;
  // `multipath -u` looks at these properties, so they must be set before it is called.
  machine.udev.database.set(kernel, { properties, links: [], linkPriority: 0 });
  const verdict =
    unit === undefined ? undefined : yield* askMultipath(self, machine, kernel, before);
  if (verdict !== undefined) claim(properties, verdict.answer);
  const until = verdict?.waitUntil ?? before?.get(WAIT_UNTIL);
  if (until !== undefined) properties.set(WAIT_UNTIL, until);
  // A disk that multipath claims is probed, too. While a map holds it, its pages stay in the cache and are not read again.
  if (unit !== undefined) yield* probe(self, machine, kernel);
  setAll(properties, diskTags(dev));
  const links = [...(unit === undefined ? [] : linksOf(unit)), ...sequenceLinks(dev)];
  return { properties, links, linkPriority: 0 };
}

/** The rules for storage pass some kinds of disks over, among them ram disks and those of null_blk. */
export const sequenceLinks = ({ name, diskSeq }: BlockDevice): string[] =>
  /^(?:loop|sd|vd)/.test(name) ? [`disk/by-diskseq/${diskSeq}`] : [];

const WAIT_UNTIL = 'FIND_MULTIPATHS_WAIT_UNTIL';

/** A disk that may become multipath's counts as its own for now; systemd, which would look again when its time is over, is not here. */
function claim(properties: Map<string, string>, answer: '0' | '1' | '2'): void {
  properties.set('DM_MULTIPATH_DEVICE_PATH', answer === '2' ? '1' : answer);
  if (answer === '0') return;
  if (answer === '1') properties.set('ID_FS_TYPE', 'mpath_member');
  properties.set('SYSTEMD_READY', '0');
  properties.set('DM_DEL_PART_NODES', '1');
}

const USEC = 'USEC_INITIALIZED';

/** The time of a device's first event, in microseconds. */
export const firstSeen = ({ sim }: Machine, before: Properties | undefined): string =>
  before?.get(USEC) ?? String(Math.floor(sim.now / 1000));

interface Place {
  readonly devpath: string;
  /** Of its first event; undefined: udev has not seen it. */
  readonly since?: string;
}

export function baseProperties(
  { name, major, minor, diskSeq, partition }: BlockDevice,
  { devpath, since }: Place,
): [string, string][] {
  return [
    ['DEVPATH', devpath],
    ['DEVNAME', `/dev/${name}`],
    ['DEVTYPE', partition === null ? 'disk' : 'partition'],
    ['DISKSEQ', String(diskSeq)],
    ...(partition === null ? [] : [['PARTN', String(partition.number)] satisfies [string, string]]),
    ['MAJOR', String(major)],
    ['MINOR', String(minor)],
    ['SUBSYSTEM', 'block'],
    ...(since === undefined ? [] : [[USEC, since] satisfies [string, string]]),
    ['TAGS', ':systemd:'],
    ['CURRENT_TAGS', ':systemd:'],
  ];
}

/** Replaces blanks by underscores, as scsi_id does. */
const joined = (text: string): string => text.trim().replaceAll(/\s+/g, '_');

/** ID_SERIAL: the T10 name, with its type before it. */
export const serialOfUnit = (unit: LogicalUnit): string => `1${t10Name(unit)}`;

/** A name of blanks is none. */
function namesOf({ vendor, model, rev }: LogicalUnit, prefix: 'ID' | 'SCSI'): [string, string][] {
  const names: [string, string][] = [
    [`${prefix}_VENDOR`, joined(vendor)],
    [`${prefix}_VENDOR_ENC`, vendor.trim() === '' ? '' : encoded(vendor)],
    [`${prefix}_MODEL`, joined(model)],
    [`${prefix}_MODEL_ENC`, model.trim() === '' ? '' : encoded(model)],
    [`${prefix}_REVISION`, rev.trim()],
  ];
  return names.filter(([, text]) => text !== '');
}

/** In the order in which the rules set them: what sg_inq says, then what scsi_id said before there was sg_inq. */
function identity(dev: BlockDevice): [string, string][] {
  const scsi = scsiDeviceOf(dev);
  if (scsi === null) return [];
  const { unit, address } = scsi;
  const { host, channel, target, lun } = address;
  return [
    ['.SYSFS_PATH', `/sys/class/scsi_device/${host}:${channel}:${target}:${lun}/device`],
    ...inquiry(scsi),
    ...namesOf(unit, 'ID'),
    ['ID_TYPE', 'disk'],
    ['ID_TARGET_PORT', identityOf(scsi).portGroup.toString(16)],
    ['ID_WWN_WITH_EXTENSION', `0x${naaName(unit)}`],
    ['ID_WWN', `0x${naaName(unit)}`],
    ['ID_BUS', 'scsi'],
    ['ID_SERIAL', serialOfUnit(unit)],
    ['ID_SERIAL_SHORT', t10Name(unit)],
    ['ID_SCSI_SERIAL', unit.serial],
    ['MPATH_SBIN_PATH', '/sbin'],
    ['.SAVED_FM_WAIT_UNTIL', ''],
  ];
}

/** Blanks as udev encodes them. */
const encoded = (text: string): string => text.replaceAll(' ', String.raw`\x20`);

/** The properties that sg_inq reads from the pages in sysfs. Outcome of 55-scsi-sg3_id.rules. */
function inquiry(scsi: ScsiDevice): [string, string][] {
  const { unit, handler } = scsi;
  const { port, target, targetName, portGroup } = identityOf(scsi);
  return [
    ['SCSI_TPGS', handler === null ? '0' : '1'],
    ['SCSI_TYPE', 'disk'],
    ...namesOf(unit, 'SCSI'),
    ['ID_SCSI', '1'],
    ['ID_SCSI_INQUIRY', '1'],
    ['SCSI_IDENT_SERIAL', unit.serial],
    ['SCSI_IDENT_LUN_T10', t10Name(unit)],
    ['SCSI_IDENT_LUN_NAA_LOCAL', naaName(unit)],
    ['SCSI_IDENT_PORT_RELATIVE', '1'],
    ['SCSI_IDENT_PORT_NAA_LOCAL', port],
    ['SCSI_IDENT_PORT_TARGET_PORT_GROUP', `0x${portGroup.toString(16)}`],
    ['SCSI_IDENT_TARGET_NAA_LOCAL', target],
    ['SCSI_IDENT_TARGET_NAME', targetName],
  ];
}

export const linksOf = (unit: LogicalUnit): string[] => [
  `disk/by-id/scsi-1${t10Name(unit)}`,
  `disk/by-id/scsi-3${naaName(unit)}`,
  `disk/by-id/scsi-S${joined(unit.vendor)}_${joined(unit.model)}_${unit.serial}`,
  `disk/by-id/wwn-0x${naaName(unit)}`,
];
