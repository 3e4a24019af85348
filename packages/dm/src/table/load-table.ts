// load-table.ts — Makes a table from its lines. Mirrors dm-table.c: dm_table_create, dm_table_add_target, dm_table_complete.
import type { Errno } from '@dmsim/sim';
import { printk, record } from '@dmsim/sim';

import type { MappedDevice } from '../mapped-device.ts';
import { getTargetType } from '../target-registry.ts';
import type { CtrFailure, DmTarget, TargetType } from '../target-type.ts';
import { DM_TRACE } from '../trace-points.ts';
import { destroyTable } from './destroy-table.ts';
import { splitArgs } from './split-args.ts';
import { tableType } from './table-type.ts';
import type { DmTable, QueueMode } from './table.ts';
import { DM_TYPE, tableSize } from './table.ts';

/** One line of a table as dmsetup hands it over. Sectors may be as large as 2^64 here. */
export interface TargetSpec {
  readonly start: bigint;
  readonly length: bigint;
  readonly type: string;
  readonly params: string;
}

/** Sectors whose bytes still fit the kernel's signed 64-bit offsets. */
const MAX_SECTORS = (2n ** 63n - 1n) >> 9n;

/** Makes a table for `md` that is not live yet. An error leaves nothing behind but log lines. */
export function createTable(
  md: MappedDevice,
  specs: readonly TargetSpec[],
  { readOnly }: { readonly readOnly: boolean },
): Errno | DmTable {
  const table: DmTable = {
    id: ++md.dm.tableIds,
    md,
    readOnly,
    targets: [],
    ends: new Float64Array(0),
    type: DM_TYPE.NONE,
    devices: [],
    singleton: false,
    immutableTargetType: null,
    flushBypassesMap: true,
    destroyed: false,
  };
  for (const spec of specs) {
    const error = addTarget(table, spec);
    if (error === undefined) continue;
    log(table, 'device-mapper: ioctl: error adding target to table');
    destroyTable(table);
    return error;
  }
  return completeTable(table);
}

function log({ md }: DmTable, text: string): void {
  printk(md.dm.sim, text);
}

function addTarget(table: DmTable, spec: TargetSpec): Errno | undefined {
  const { md, targets } = table;
  const prefix = `device-mapper: table: ${md.name}: `;
  const reject = (text: string): 'EINVAL' => {
    log(table, prefix + text);
    return 'EINVAL';
  };
  if (table.singleton) {
    return reject(`target type ${targets[0]?.type.name ?? ''} must appear alone in table`);
  }
  if (spec.length === 0n) return reject('zero-length target');
  if (
    BigInt.asUintN(64, spec.start + spec.length) < spec.start ||
    spec.start + spec.length > MAX_SECTORS
  ) {
    return reject('too large device');
  }
  const type = getTargetType(md.dm, spec.type);
  if (type === undefined) return reject(`${spec.type}: unknown target type`);
  const failure = constructTarget(table, type, spec);
  if (failure === undefined) return undefined;
  log(table, `${prefix}${type.name}: ${failure.error} (-${failure.errno})`);
  return failure.errno;
}

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** Makes the checks that are reported under the target type's name, then calls its constructor. */
function constructTarget(
  table: DmTable,
  type: TargetType,
  spec: TargetSpec,
): CtrFailure | undefined {
  const mismatch = checkFeatures(table, type);
  if (mismatch !== null) return invalid(mismatch);
  if (spec.start !== BigInt(tableSize(table))) return invalid('Gap in table');
  const argv = splitArgs(spec.params);
  const ti: DmTarget = {
    table,
    type,
    begin: Number(spec.start),
    len: Number(spec.length),
    state: undefined,
    maxIoLen: 0,
    numFlushBios: 0,
    numDiscardBios: 0,
    numWriteZeroesBios: 0,
    discardsSupported: false,
    accountsRemappedIo: false,
    flushBypassesMap: false,
    free: null,
  };
  const result = type.ctr(ti, argv);
  if ('error' in result) return result;
  ti.state = result.state;
  table.targets.push(ti);
  if (type.features?.singleton === true) table.singleton = true;
  if (type.features?.immutable === true) table.immutableTargetType = type;
  if (!ti.flushBypassesMap) table.flushBypassesMap = false;
  return undefined;
}

function checkFeatures(table: DmTable, type: TargetType): string | null {
  const { features = {} } = type;
  if (features.singleton === true && table.targets.length > 0) {
    return 'singleton target type must appear alone in table';
  }
  if (features.alwaysWriteable === true && table.readOnly) {
    return 'target type may not be included in a read-only table';
  }
  const { immutableTargetType } = table;
  const mixes =
    immutableTargetType === null
      ? features.immutable === true && table.targets.length > 0
      : immutableTargetType !== type;
  return mixes ? 'immutable target type cannot be mixed with other target types' : null;
}

/** The sector after each target. */
function endsOf(targets: readonly DmTarget[]): Float64Array {
  const ends = new Float64Array(targets.length);
  for (const [i, { begin, len }] of targets.entries()) ends[i] = begin + len;
  return ends;
}

/** dm_table_complete: determines the table's type, and builds the index that finds a target by sector. */
function completeTable(table: DmTable): Errno | DmTable {
  const type: QueueMode | null = tableType(table);
  if (type === null) {
    log(table, 'device-mapper: table: unable to determine table type');
    destroyTable(table);
    return 'EINVAL';
  }
  table.type = type;
  table.ends = endsOf(table.targets);
  const { md } = table;
  const { sim } = md.dm;
  if (sim.trace !== null) record(sim, DM_TRACE.dm_load_table.code, md.dev, table.id, type);
  return table;
}
