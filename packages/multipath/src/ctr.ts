// ctr.ts — Makes a target from a table line. Mirrors dm-mpath.c: multipath_ctr, alloc_multipath_stage2.
import type { ArgSet, CtrFailure, CtrResult, DmTarget } from '@dmsim/dm';
import { argsLeft, createArgSet, DM_TYPE, readArg } from '@dmsim/dm';

import { allocMultipath, freeMultipath } from './alloc-multipath.ts';
import type { ModuleServices } from './module-services.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { findPriorityGroup } from './multipath.ts';
import { parseFeatures } from './parse-features.ts';
import { parsePriorityGroup } from './parse-group.ts';
import { parseHwHandler } from './parse-hw-handler.ts';
import { enableNopathTimeout, traceQueueing } from './queue-if-no-path.ts';

const PG_COUNT = { min: 0, max: 1024, error: 'invalid number of priority groups' };
const INITIAL_PG = { min: 0, max: 1024, error: 'invalid initial priority group number' };

/**
 * <#features> [feature]* <#hw> [handler [arg]*] <#groups> <initial group>
 * { <selector> <#selector args> [arg]* <#paths> <#args per path> { <dev> [arg]* }+ }*
 */
export function ctr(
  module: ModuleServices,
  ti: DmTarget<Multipath, MpathIo>,
  argv: readonly string[],
): CtrResult<Multipath> {
  const m = allocMultipath(module, ti);
  const failure = parseTableLine(m, createArgSet(argv));
  if (failure !== undefined) {
    freeMultipath(m);
    return failure;
  }
  traceQueueing(m, 'table');
  enableNopathTimeout(m);
  ti.numFlushBios = 1;
  ti.numDiscardBios = 1;
  ti.numWriteZeroesBios = 1;
  return { state: m };
}

function parseTableLine(m: Multipath, args: ArgSet): CtrFailure | undefined {
  const failure = parseFeatures(m, args);
  if (failure !== undefined) return failure;
  decideQueueMode(m);
  return parseHwHandler(m, args) ?? parsePriorityGroups(m, args);
}

/** Decides the table's type before the core looks at the devices. */
function decideQueueMode(m: Multipath): void {
  if (m.queueMode === DM_TYPE.NONE) m.queueMode = DM_TYPE.REQUEST_BASED;
  // Bios bypass a hardware handler, so a bio-based map keeps the one that is attached and can't choose one.
  if (m.queueMode === DM_TYPE.BIO_BASED) m.retainAttachedHwHandler = true;
  m.ti.table.type = m.queueMode;
}

/** Parses groups as long as there are words, and checks their number afterwards. */
function parsePriorityGroups(m: Multipath, args: ArgSet): CtrFailure | undefined {
  const count = readArg(args, PG_COUNT);
  if (typeof count !== 'number') return count;
  const initial = readArg(args, INITIAL_PG);
  if (typeof initial !== 'number') return initial;
  if ((count === 0) !== (initial === 0)) {
    return { error: 'invalid initial priority group', errno: 'EINVAL' };
  }
  while (argsLeft(args) > 0) {
    const failure = parsePriorityGroup(m, args);
    if (failure !== undefined) return failure;
  }
  if (m.priorityGroups.length !== count) {
    return { error: 'priority group count mismatch', errno: 'EINVAL' };
  }
  // A number beyond the last group counts as none.
  m.nextPg = findPriorityGroup(m, initial) ?? null;
  return undefined;
}
