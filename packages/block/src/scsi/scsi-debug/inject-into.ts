// inject-into.ts — Applies what was injected to a command. Mirrors drivers/scsi/scsi_debug.c: sdebug_timeout_cmd, sdebug_fail_queue_cmd, sdebug_fail_cmd.
import { schedule } from '@dmsim/sim';

import type { QueueVerdict } from '../../request.ts';
import type { BlkStatus } from '../../status.ts';
import { BLK_STS } from '../../status.ts';
import { blockHost } from '../host-blocked.ts';
import { resultToBlkStatus } from '../result-status.ts';
import type { ScsiCommand } from '../scsi-command.ts';
import { checkCondition, FATE, opcodeOf, setFate, setResult } from '../scsi-command.ts';
import type { ScsiDevice } from '../scsi-device.ts';
import { sdPrintk } from '../scsi-device.ts';
import type { SenseData } from '../sense.ts';
import type { InjectedError, InjectType } from './inject-error.ts';
import { INJECT } from './inject-error.ts';

/** `pass`: nothing was injected into this command. */
export function injectInto(cmd: ScsiCommand): QueueVerdict | 'pass' {
  const { sdev, rq } = cmd;
  if (sdev.injected.length === 0) return 'pass';
  const opcode = opcodeOf(sdev, rq.bio);
  const hexOpcode = `0x${opcode.toString(16)}`;
  if (takeInjected(sdev, INJECT.TIMEOUT, opcode) !== null) {
    sdPrintk(sdev, `tag#${cmd.tag} timeout command ${hexOpcode}`);
    setFate(cmd, FATE.TIMEOUT);
    sdev.ioRequests++;
    schedule(rq.queue.layer.sim, rq.due, sdev.timeout);
    return 'ok';
  }
  const busy = takeInjected(sdev, INJECT.FAIL_QUEUECOMMAND, opcode)?.values[0] ?? 0;
  if (busy !== 0) {
    sdPrintk(sdev, `tag#${cmd.tag} fail queue command ${hexOpcode} with 0x${busy.toString(16)}`);
    blockHost(sdev.host);
    return 'resource';
  }
  const failed = takeInjected(sdev, INJECT.FAIL_COMMAND, opcode);
  return failed === null ? 'pass' : failCommand(cmd, failed, opcode);
}

/** It ends at once, whatever delay the driver has, and before the driver gets to say why. */
function failCommand(cmd: ScsiCommand, error: InjectedError, opcode: number): 'ok' {
  const { sdev, rq } = cmd;
  const [hostByte = 0, driverByte = 0, status = 0] = error.values;
  // Sense is made whatever the status, so the log shows some ("No Sense") where a device would have sent none.
  const sense = senseOf(error);
  if (hostByte !== 0 || driverByte !== 0 || status !== 0) {
    setResult(cmd, { hostByte, status, sense });
  } else {
    // A good status with sense: the midlayer looks at the sense all the same, and some of it is a failure (scsi_check_sense).
    setResult(cmd, checkCondition(sense));
    if (!ML_BYTES.has(resultToBlkStatus(cmd))) setResult(cmd, {});
  }
  cmd.remark = failRemark(opcode, error);
  sdev.ioRequests++;
  schedule(rq.queue.sim, rq.due, 0);
  return 'ok';
}

/** Statuses that only sense data can produce (set_scsi_ml_byte). */
const ML_BYTES: ReadonlySet<BlkStatus> = new Set([BLK_STS.MEDIUM, BLK_STS.NOSPC, BLK_STS.TARGET]);

export const senseOf = ({
  values: [, , , key = 0, asc = 0, ascq = 0],
}: InjectedError): SenseData => ({
  key,
  asc,
  ascq,
});

/** Returns the line that scsi_debug logs for a command that it fails. */
export function failRemark(opcode: number, { values }: InjectedError): string {
  const [hostByte = 0, driverByte = 0, status = 0, key = 0, asc = 0, ascq = 0] = values;
  return (
    `fail command ${hexByte(opcode)} with hostbyte=${hexByte(hostByte)}, driverbyte=${hexByte(driverByte)}, ` +
    `statusbyte=${hexByte(status)}, sense_key=${hexByte(key)}, asc=${hexByte(asc)}, asq=${hexByte(ascq)}`
  );
}

const hexByte = (n: number): string => `0x${n.toString(16)}`;

/** The first of its kind for this command decides, whether or not it is used up. */
export function takeInjected(
  sdev: ScsiDevice,
  type: InjectType,
  opcode: number,
): InjectedError | null {
  const error = sdev.injected.find(
    (e) => e.type === type && (e.opcode === 0xff || e.opcode === opcode),
  );
  if (error === undefined || error.count === 0) return null;
  if (error.count < 0) error.count++;
  return error;
}

/** A command of a program that only asks: true if it was told to fail. */
export function isFailed(sdev: ScsiDevice, opcode: number): boolean {
  const [hostByte = 0, , status = 0] =
    takeInjected(sdev, INJECT.FAIL_COMMAND, opcode)?.values ?? [];
  return hostByte !== 0 || status !== 0;
}
