// inject-into.ts — Applies what was injected to a command. Mirrors drivers/scsi/scsi_debug.c: sdebug_timeout_cmd, sdebug_fail_queue_cmd, sdebug_fail_cmd.
import { schedule } from '@dmsim/sim';

import type { QueueVerdict } from '../request.ts';
import type { InjectedError, InjectType } from './inject-error.ts';
import { INJECT } from './inject-error.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { FATE, opcodeOf, setResult } from './scsi-command.ts';
import type { ScsiDevice } from './scsi-device.ts';

/** `pass`: nothing was injected into this command. */
export function injectInto(cmd: ScsiCommand): QueueVerdict | 'serve' | 'pass' {
  const { sdev } = cmd;
  if (sdev.injected.length === 0) return 'pass';
  const opcode = opcodeOf(cmd.rq.bio, 1);
  if (takeInjected(sdev, INJECT.TIMEOUT, opcode) !== null) {
    cmd.fate = FATE.TIMEOUT;
    sdev.ioRequests++;
    schedule(cmd.rq.queue.layer.sim, cmd.rq.due, sdev.timeout);
    return 'ok';
  }
  const failed = takeInjected(sdev, INJECT.FAIL_COMMAND, opcode);
  if (failed === null) return 'pass';
  const { hostByte, statusByte, senseKey: key, asc, asq: ascq } = failed;
  setResult(cmd, {
    hostByte,
    status: statusByte,
    sense: statusByte === 2 ? { key, asc, ascq } : null,
  });
  return 'serve';
}

/** The first of its kind for this command, whether or not it is used up; null when there is none to apply. */
export function takeInjected(
  sdev: ScsiDevice,
  type: InjectType,
  opcode: number,
): InjectedError | null {
  for (const error of sdev.injected) {
    if (error.type !== type || (error.opcode !== 0xff && error.opcode !== opcode)) continue;
    if (error.count === 0) return null;
    if (error.count < 0) error.count++;
    return error;
  }
  return null;
}
