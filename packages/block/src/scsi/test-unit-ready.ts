// test-unit-ready.ts — TEST UNIT READY sent by a program (SG_IO): what comes back, with what was injected for it. Mirrors scsi_debug.c: scsi_debug_queuecommand.
import type { Nanos, Task } from '@dmsim/sim';
import { millis, sleepFor } from '@dmsim/sim';

import { stateAnswer } from './array-answers.ts';
import { byAlua } from './decide-disposition.ts';
import { fixedTime } from './latency/latency.ts';
import { reportSense } from './report-sense.ts';
import { DID, OPCODE, SAM_STATUS } from './scsi-command.ts';
import type { InjectedError } from './scsi-debug/inject-error.ts';
import { INJECT } from './scsi-debug/inject-error.ts';
import { failRemark, takeInjected } from './scsi-debug/inject-into.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { countCommands, isGone, refreshHealth, sdPrintk } from './scsi-device.ts';

/** How a command of a program ended. */
export type PassThroughResult =
  | { readonly kind: 'good' }
  | { readonly kind: 'sense'; readonly key: number; readonly asc: number; readonly ascq: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'host'; readonly hostByte: number };

/** How long a command that the midlayer puts back waits for its next try. */
const REQUEUE_DELAY = millis(10);

/** Returns when the answer is there, or the time-out is over. */
export function* sendTestUnitReady(sdev: ScsiDevice, timeout: Nanos): Task<PassThroughResult> {
  const { sim } = sdev.queue.layer;
  const startedAt = sim.now;
  for (;;) {
    if (sdev.state !== 'running' || isGone(sdev)) return { kind: 'host', hostByte: DID.NO_CONNECT };
    const { result, injected } = yield* sendOnce(sdev, timeout);
    countCommands(sdev, 1);
    if (result.kind !== 'good') sdev.ioErrors++;
    if (result.kind === 'sense') reportSense(sdev, result);
    const again = isPutBack(sdev, result) && sim.now <= startedAt + timeout;
    // One that goes back to the queue has no tag any more.
    if (injected !== null) {
      const remark = failRemark(OPCODE.TEST_UNIT_READY, injected);
      sdPrintk(sdev, again ? remark : `tag#0 ${remark}`);
    }
    if (!again) return result;
    yield* sleepFor(REQUEUE_DELAY);
  }
}

/** How long the next one takes, in ns, where it is known beforehand that it goes well; null where it is not. */
export function timeOfGoodTest(sdev: ScsiDevice): Nanos | null {
  const { state, injected, unitAttention, latency } = sdev;
  const isGood =
    state === 'running' &&
    injected.length === 0 &&
    unitAttention === null &&
    stateAnswer(sdev) === null;
  return isGood ? fixedTime(latency) : null;
}

/** Programs have no retries, but a device that is busy, or says that something happened to it, is asked again. */
function isPutBack({ handler }: ScsiDevice, result: PassThroughResult): boolean {
  if (result.kind === 'status') {
    return result.status === SAM_STATUS.BUSY || result.status === SAM_STATUS.TASK_SET_FULL;
  }
  return result.kind === 'sense' && handler === 'alua' && byAlua(result) === 'add-to-mlqueue';
}

interface Sent {
  readonly result: PassThroughResult;
  /** The rule that made it fail; null if none did. */
  readonly injected: InjectedError | null;
}

function* sendOnce(sdev: ScsiDevice, timeout: Nanos): Task<Sent> {
  const { sim } = sdev.queue.layer;
  if (takeInjected(sdev, INJECT.TIMEOUT, OPCODE.TEST_UNIT_READY) !== null) {
    yield* sleepFor(timeout);
    return ended({ kind: 'host', hostByte: DID.TIME_OUT });
  }
  const delay = sdev.latency.draw(sdev.latency.state, sim.now, 0);
  if (delay > 0) yield* sleepFor(Math.min(delay, timeout));
  if (delay > timeout) return ended({ kind: 'host', hostByte: DID.TIME_OUT });
  const injected = takeInjected(sdev, INJECT.FAIL_COMMAND, OPCODE.TEST_UNIT_READY);
  if (injected !== null) return { result: judge(injected.values), injected };
  if (sdev.unitAttention !== null) {
    const { key, asc, ascq } = sdev.unitAttention;
    sdev.unitAttention = null;
    refreshHealth(sdev);
    return ended({ kind: 'sense', key, asc, ascq });
  }
  const sense = stateAnswer(sdev);
  return ended(sense === null ? { kind: 'good' } : { kind: 'sense', ...sense });
}

const ended = (result: PassThroughResult): Sent => ({ result, injected: null });

function judge(values: readonly number[]): PassThroughResult {
  const [hostByte = 0, , status = 0, key = 0, asc = 0, ascq = 0] = values;
  if (hostByte !== DID.OK) return { kind: 'host', hostByte };
  if (status === SAM_STATUS.CHECK_CONDITION) return { kind: 'sense', key, asc, ascq };
  return status === SAM_STATUS.GOOD ? { kind: 'good' } : { kind: 'status', status };
}
