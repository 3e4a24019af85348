// array.ts — What a real array does, and scsi_debug does not: ports that refuse I/O in some states, another unit at the same address, a lock that follows the I/O.
import type { Nanos } from '@dmsim/sim';
import { flushTrace } from '@dmsim/sim';

import type { AccessState, LogicalUnit } from './logical-unit.ts';
import type { CommandResult } from './scsi-command.ts';
import { checkCondition, DID, SAM_STATUS } from './scsi-command.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { refreshHealth } from './scsi-device.ts';
import type { SenseData } from './sense.ts';
import { SENSE_KEY } from './sense.ts';

/** Gateways that serve a unit in turn: the one that gets I/O takes the lock from the other, without being asked to. */
export interface UnitLock {
  /** The host of the port that has it, or is getting it; null: nobody yet. */
  holder: number | null;
  /** What taking it over takes. Until then every gateway is busy. */
  readonly takes: Nanos;
  heldFrom: Nanos;
  moves: number;
  /** After so many moves in a row, each within `takes` of the one before, a gateway drops its connection; 0: never. */
  readonly patience: number;
  bounces: number;
}

const NOT_READY: Readonly<Partial<Record<AccessState, SenseData>>> = {
  transitioning: { key: SENSE_KEY.NOT_READY, asc: 0x04, ascq: 0x0a },
  standby: { key: SENSE_KEY.NOT_READY, asc: 0x04, ascq: 0x0b },
  unavailable: { key: SENSE_KEY.NOT_READY, asc: 0x04, ascq: 0x0c },
  offline: { key: SENSE_KEY.NOT_READY, asc: 0x04, ascq: 0x12 },
};

const STATE_CHANGED: SenseData = { key: SENSE_KEY.UNIT_ATTENTION, asc: 0x2a, ascq: 0x06 };
const LUNS_CHANGED: SenseData = { key: SENSE_KEY.UNIT_ATTENTION, asc: 0x3f, ascq: 0x0e };

/** What the array says instead of serving, for the state of the port group; null: it serves. */
export function stateAnswer({ portGroup: { strict, state } }: ScsiDevice): SenseData | null {
  return strict || state === 'transitioning' ? (NOT_READY[state] ?? null) : null;
}

/** A read or write that reaches the array. Null: it is served. */
export function arrayAnswer(sdev: ScsiDevice, now: Nanos): CommandResult | null {
  const sense = stateAnswer(sdev);
  if (sense !== null) return checkCondition(sense);
  const { lock } = sdev.behind;
  return lock === null ? null : lockAnswer(lock, sdev.host.number, now);
}

function lockAnswer(lock: UnitLock, gateway: number, now: Nanos): CommandResult | null {
  if (now < lock.heldFrom) return { status: SAM_STATUS.BUSY };
  if (lock.holder === gateway) return null;
  lock.bounces = now - lock.heldFrom < lock.takes ? lock.bounces + 1 : 0;
  if (lock.patience > 0 && lock.bounces > lock.patience) {
    lock.bounces = 0;
    return { hostByte: DID.TRANSPORT_FAILFAST };
  }
  lock.holder = gateway;
  lock.heldFrom = now + lock.takes;
  lock.moves++;
  return { status: SAM_STATUS.BUSY };
}

const allDevices = ({ host }: ScsiDevice): ScsiDevice[] =>
  [...host.layer.hosts.values()].flatMap(({ devices }) => devices);

/** The array moves the device's port group to another state, and says so to the next command of each path to its units. */
export function setGroupState(sdev: ScsiDevice, state: AccessState): void {
  const { portGroup } = sdev;
  portGroup.strict = true;
  if (portGroup.state === state) return;
  portGroup.state = state;
  for (const path of allDevices(sdev)) {
    if (!path.behind.portGroups.includes(portGroup)) continue;
    path.unitAttention = STATE_CHANGED;
    refreshHealth(path);
  }
}

/** Another unit answers at the device's address. The kernel keeps what it read at discovery until it is told to look again. */
export function putBehind(sdev: ScsiDevice, unit: LogicalUnit): void {
  if (sdev.behind === unit) return;
  const { sim } = sdev.queue.layer;
  // Whoever watches the trace looks up where a disk leads.
  if (sim.trace !== null) flushTrace(sim.trace);
  sdev.behind = unit;
  sdev.unitAttention = LUNS_CHANGED;
  refreshHealth(sdev);
}

export function lockUnit(sdev: ScsiDevice, lock: Pick<UnitLock, 'takes' | 'patience'>): void {
  sdev.behind.lock = { ...lock, holder: null, heldFrom: 0, moves: 0, bounces: 0 };
  for (const path of allDevices(sdev)) refreshHealth(path);
}
