// partition-rules.ts — The outcome of udev's rules for a partition: what it has from its disk, its entry in the table, its links. Outcome of 55-scsi-sg3_id.rules, 60-persistent-storage.rules.
import { scsiDeviceOf } from '@dmsim/block';
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import type { NumberedUevent } from '../uevent-bus.ts';
import type { RulesOutcome } from './devd.ts';
import { baseProperties, firstSeen, linksOf } from './disk-rules.ts';
import { diskTags, entryLinks, entryTags, setAll } from './partition-properties.ts';
import { probe } from './probe.ts';

/** Returns null if the partition has gone meanwhile. */
export function* partitionRules(
  self: Process,
  machine: Machine,
  { kernel, event }: { readonly kernel: string; readonly event: NumberedUevent },
): Task<RulesOutcome | null> {
  const { layer, udev } = machine;
  const dev = layer.byName.get(kernel);
  if (dev === undefined || dev.partition === null) return null;
  const { disk, number } = dev.partition;
  const since = firstSeen(machine, udev.database.get(kernel)?.properties);
  const properties = new Map(baseProperties(dev, { ...event, since }));
  setAll(properties, event.variables);
  const ofDisk = new Map(udev.database.get(disk.name)?.properties);
  setAll(ofDisk, diskTags(disk));
  setAll(properties, inherited([...ofDisk]));
  const unit = scsiDeviceOf(disk)?.unit;
  if (unit !== undefined) yield* probe(self, machine, kernel);
  setAll(
    properties,
    entryTags(dev).map(([name, value]) => [`ID_${name}`, value]),
  );
  const byId = unit === undefined ? [] : linksOf(unit);
  const links = [...byId.map((link) => `${link}-part${number}`), ...entryLinks(dev)];
  return { properties, links, linkPriority: 0 };
}

type Property = readonly [name: string, value: string];

const isScsi = ([name]: Property): boolean => name.startsWith('SCSI_');
const isLate = ([name]: Property): boolean =>
  name === 'ID_SCSI_INQUIRY' || name.startsWith('ID_PART_TABLE_');

/** The rules for SCSI identities take theirs first, those for multipath next, then come all others of the disk. */
const inherited = (ofDisk: readonly Property[]): Property[] => [
  ...ofDisk.filter(([name]) => name === 'ID_SCSI'),
  ...ofDisk.filter(isScsi),
  ...ofDisk.filter(
    ([name], i) => name.startsWith('ID_') && name !== 'ID_SCSI' && !isLate(ofDisk[i] as Property),
  ),
  ...ofDisk.filter(([name]) => name === 'DM_MULTIPATH_DEVICE_PATH'),
  ...ofDisk.filter(isLate),
];
