// hp-sw.ts — HP arrays with an active and a standby controller: TEST UNIT READY says which this is. Mirrors libmultipath/prioritizers/hp_sw.c.
import { seconds } from '@dmsim/sim';

import type { ScsiResult } from '../host.ts';
import type { Prioritizer } from './prioritizer.ts';

const ACTIVE = 4;
const STANDBY = 2;
const FAILED = 0;

const RECOVERED_ERROR = 1;
const NOT_READY = 2;
const UNIT_ATTENTION = 6;

/** Seconds that the command may take. */
const TIMEOUT = 60;
/** The real one asks for ever while the disk says that it was reset. */
const RETRIES = 100;

function judge(result: ScsiResult): number | 'again' {
  if (result.kind === 'good') return ACTIVE;
  if (result.kind !== 'sense') return FAILED;
  const { key, asc, ascq } = result;
  if (key === RECOVERED_ERROR) return ACTIVE;
  if (key === UNIT_ATTENTION && asc === 0x29) return 'again';
  return key === NOT_READY && asc === 0x04 && ascq === 0x02 ? STANDBY : FAILED;
}

export const hpSw: Prioritizer = {
  name: 'hp_sw',
  *getPriority({ dev }, { host, log }) {
    for (let tries = RETRIES; tries > 0; tries--) {
      const result = yield* host.scsi.testUnitReady(dev, seconds(TIMEOUT));
      if (result.kind === 'errno') log.put(0, `${dev}: hp_sw prio: sending tur command failed`);
      const verdict = judge(result);
      if (verdict !== 'again') return verdict;
    }
    return FAILED;
  },
};
