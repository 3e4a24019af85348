// tur.ts — TEST UNIT READY. Mirrors libmultipath/checkers/tur.c.
import type { Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import type { ScsiResult } from '../host.ts';
import type { CheckContext, CheckResult, PathChecker } from './checker.ts';
import { down, GHOST, up } from './checker.ts';

/** A unit attention, or a host that is busy, is asked again this often. */
const RETRIES = 5;

const RESERVATION_CONFLICT = 0x18;
const NOT_READY = 2;
const UNIT_ATTENTION = 6;

/** `again`: it said something else first. */
export function judgeTur(result: ScsiResult): CheckResult | 'again' {
  switch (result.kind) {
    case 'good':
      return up;
    case 'status':
      return result.status === RESERVATION_CONFLICT ? up : down;
    case 'sense':
      return judgeSense(result);
    case 'host':
      // A path that is gone stays so; what else a transport says may pass.
      return result.hostByte === 1 || result.hostByte === 4 ? down : 'again';
    case 'errno':
      return result.errno === 'ENOTTY'
        ? { state: 'wild', message: 'reports path is unsupported' }
        : down;
  }
}

function judgeSense({
  key,
  asc,
  ascq,
}: Extract<ScsiResult, { kind: 'sense' }>): CheckResult | 'again' {
  if (key === UNIT_ATTENTION) return 'again';
  // Every other state of a target port group, transition included, is up or down.
  const isStandby = key === NOT_READY && asc === 4 && ascq === 0x0b;
  return isStandby ? { state: 'ghost', message: GHOST } : down;
}

export function* testUnitReady({ host, dev, timeout }: CheckContext): Task<CheckResult> {
  for (let tries = RETRIES; tries > 0; tries--) {
    const verdict = judgeTur(yield* host.scsi.testUnitReady(dev, seconds(timeout)));
    if (verdict !== 'again') return verdict;
  }
  return down;
}

export const tur: PathChecker = {
  name: 'tur',
  asynchronous: {
    onTimeout: { state: 'timeout', message: 'timed out' },
    mostStalled: 1,
    timeIfUp: ({ host, dev }) => host.scsi.timeOfGoodTest(dev),
  },
  check: testUnitReady,
};
