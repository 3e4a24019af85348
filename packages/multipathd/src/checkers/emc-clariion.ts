// emc-clariion.ts — EMC CLARiiON: VPD page 0xC0 says whether the path is configured, and who owns the LUN. Mirrors libmultipath/checkers/emc_clariion.c.
import type { Task } from '@dmsim/sim';

import type { CheckContext, CheckResult, PathChecker } from './checker.ts';
import { down, up } from './checker.ts';
import { readFirstBlock } from './read-block.ts';

const CONFIGURATION = 0xc0;
const BOUND = 2;
const PASSIVE: CheckResult = { state: 'ghost', message: 'reports path is ghost' };

function* check(context: CheckContext): Task<CheckResult> {
  const page = context.host.scsi.vpdPage(context.dev, CONFIGURATION);
  if (page === undefined) return { state: 'down', message: 'query failed' };
  if (((page[28] ?? 0) & 0x07) !== 0x04) {
    return { state: 'down', message: 'path not correctly configured for failover' };
  }
  const owner = page[4] ?? 0;
  if (owner !== BOUND) return { state: 'shaky', message: 'logical unit is unbound or LUNZ' };
  if (page[8] !== owner) return PASSIVE;
  return (yield* readFirstBlock(context)) ? up : down;
}

export const emcClariion: PathChecker = { name: 'emc_clariion', asynchronous: null, check };
