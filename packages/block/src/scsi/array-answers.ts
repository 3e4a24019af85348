// array-answers.ts — Answers of a real array that scsi_debug lacks: ports that refuse I/O in some states, gateways that take turns.
import type { Nanos } from '@dmsim/sim';

import type { AccessState } from './logical-unit.ts';
import type { CommandResult } from './scsi-command.ts';
import { checkCondition, DID, SAM_STATUS } from './scsi-command.ts';
import type { ScsiDevice } from './scsi-device.ts';
import type { SenseData } from './sense.ts';
import { SENSE_KEY } from './sense.ts';

/** Gateways that serve a unit in turn: the one that gets I/O takes the lock from the other, without being asked to. */
export interface UnitLock {
  /** The host of the port that has it, or is getting it; null: nobody yet. */
  holder: number | null;
  /** How long a takeover takes, in ns. Until it is over, every gateway is busy. */
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

/** The array's answer to a command that it does not serve in this state of the port group; null: it serves the command. */
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
