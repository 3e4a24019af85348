// hp-sw.ts — HP arrays with active and passive controllers: an inquiry, then TEST UNIT READY. Mirrors libmultipath/checkers/hp_sw.c.
import { seconds } from '@dmsim/sim';

import type { PathChecker } from './checker.ts';
import { down, GHOST, up } from './checker.ts';

const NOT_READY = 2;

export const hpSw: PathChecker = {
  name: 'hp_sw',
  asynchronous: null,
  *check({ host, dev, timeout }) {
    if (host.scsi.serial(dev) === undefined) return down;
    const result = yield* host.scsi.testUnitReady(dev, seconds(timeout));
    if (result.kind === 'good') return up;
    const ghost = result.kind === 'sense' && result.key === NOT_READY;
    return ghost ? { state: 'ghost', message: GHOST } : down;
  },
};
