// array.ts — simctl array: the array behind the disks moves its port groups, fails over, puts another unit at an address, takes turns.
import type { AccessState, ScsiDevice } from '@dmsim/block';
import { lockUnit, putBehind, setGroupState } from '@dmsim/block';
import { textOf } from '@dmsim/libc';
import { after } from '@dmsim/sim';

import { parseCount, parseNanos } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

const STATES: Readonly<Record<string, AccessState>> = {
  optimized: 'active/optimized',
  'non-optimized': 'active/non-optimized',
  standby: 'standby',
  unavailable: 'unavailable',
  offline: 'offline',
  transitioning: 'transitioning',
};

/** The state of the other controllers' ports while one controller serves. */
const KINDS: Readonly<Record<string, AccessState>> = {
  'active-passive': 'standby',
  alua: 'active/non-optimized',
  symmetric: 'active/optimized',
};

export const arrayVerb: Verb = {
  name: 'array',
  help: [
    [
      'active-passive|alua|symmetric DISK',
      "DISK's port serves best; other ports of its unit: standby, non-optimized, as well",
    ],
    ['failover DISK [TIME]', "DISK's port takes over; for TIME all ports are in transition"],
    [
      'state DISK STATE',
      "DISK's port group is optimized, non-optimized, standby, unavailable, offline or transitioning",
    ],
    ['remap DISK OTHER', "the unit behind OTHER answers at DISK's address from now on"],
    [
      'lock DISK TIME [N]',
      "only the port that gets I/O serves DISK's unit, TIME after it got some; after N such moves in a row one drops its connection",
    ],
    ['lock DISK', 'prints how often the lock has moved'],
  ],
  run(call) {
    const [word = '', disk, ...rest] = call.args;
    const what = textOf(word);
    if (disk === undefined) failForm(call, arrayVerb, 'takes what happens, and a disk');
    const sdev = scsiDisk(call, disk);
    if (Object.hasOwn(KINDS, what)) return become(call, sdev, what, rest);
    switch (what) {
      case 'failover':
        return failOver(call, sdev, rest);
      case 'state':
        return changeState(call, sdev, rest);
      case 'remap':
        return remap(call, sdev, rest);
      case 'lock':
        return lock(call, sdev, rest);
      default:
        return failForm(call, arrayVerb, `${word}: it can't do that`);
    }
  },
};

/** A device for each port group of the unit, `sdev` for its own. */
function ports(call: Call, sdev: ScsiDevice): ScsiDevice[] {
  const { portGroups } = sdev.behind;
  if (!portGroups.includes(sdev.portGroup)) {
    failCall(
      call,
      `${sdev.disk?.name ?? ''}: has no port groups (modprobe scsi_debug vpd_use_hostno=0)`,
    );
  }
  const all = [...call.machine.scsi.hosts.values()].flatMap(({ devices }) => devices);
  return portGroups.flatMap(
    (group) =>
      all.find(({ behind, portGroup }) => portGroup === group && behind === sdev.behind) ?? [],
  );
}

function become(call: Call, sdev: ScsiDevice, kind: string, rest: readonly string[]): void {
  if (rest.length > 0) failForm(call, arrayVerb, `${kind} takes a disk`);
  serveThrough(call, sdev, KINDS[kind] as AccessState);
}

function serveThrough(call: Call, sdev: ScsiDevice, others: AccessState): void {
  for (const port of ports(call, sdev)) {
    setGroupState(port, port.portGroup === sdev.portGroup ? 'active/optimized' : others);
  }
}

function failOver(call: Call, sdev: ScsiDevice, [word, ...rest]: readonly string[]): void {
  const time = parseNanos(word ?? '0');
  if (time === undefined || rest.length > 0)
    return failForm(call, arrayVerb, 'failover takes a disk, and a time such as 10s');
  const all = ports(call, sdev);
  const isPassive = all.some(({ portGroup }) => portGroup.state === 'standby');
  const others = isPassive ? 'standby' : 'active/non-optimized';
  if (time === 0) return serveThrough(call, sdev, others);
  for (const port of all) setGroupState(port, 'transitioning');
  after(call.machine.sim, time, 'the array has failed over', () =>
    serveThrough(call, sdev, others),
  );
}

function changeState(call: Call, sdev: ScsiDevice, [word, ...rest]: readonly string[]): void {
  const state = word !== undefined && Object.hasOwn(STATES, word) ? STATES[word] : undefined;
  if (state === undefined || rest.length > 0)
    return failForm(call, arrayVerb, 'state takes a disk and a state');
  ports(call, sdev);
  setGroupState(sdev, state);
}

function remap(call: Call, sdev: ScsiDevice, [word, ...rest]: readonly string[]): void {
  if (word === undefined || rest.length > 0)
    return failForm(call, arrayVerb, 'remap takes a disk and another one');
  const other = scsiDisk(call, word);
  if (other.behind.capacity !== sdev.unit.capacity)
    failCall(call, `${word}: has another size than ${sdev.disk?.name ?? ''}`);
  putBehind(sdev, other.behind);
}

function lock(call: Call, sdev: ScsiDevice, [time, count, ...rest]: readonly string[]): void {
  if (time === undefined) {
    if (sdev.behind.lock === null) failCall(call, `${sdev.disk?.name ?? ''}: has no lock`);
    call.t.out.put(`${sdev.behind.lock.moves}\n`);
    return;
  }
  const takes = parseNanos(time);
  const patience = parseCount(count ?? '0');
  if (takes === undefined || patience === undefined || rest.length > 0)
    return failForm(call, arrayVerb, 'lock takes a disk, a time such as 200ms, and a number');
  lockUnit(sdev, { takes, patience });
}
