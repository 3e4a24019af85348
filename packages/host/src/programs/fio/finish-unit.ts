// finish-unit.ts — Ends an I/O: adds its figures, or handles its error. After fio's io_u.c: io_completed, account_io_completion.
import { NotSupported, strerror } from '@dmsim/sim';

import { recordEnd } from '../../run-records.ts';
import { markLatency } from './distribution-map.ts';
import { addLatency } from './latency-buckets.ts';
import { logIo } from './sample-logs.ts';
import { addSample } from './sampler.ts';
import type { IoUnit, Thread } from './thread.ts';
import type { VerifyKindName } from './verify-kinds.ts';
import { checkBlock } from './verify.ts';
import { closeWindows } from './windows.ts';

/** Returns false if the job ends because of the I/O's error. */
export function finishUnit(thread: Thread, unit: IoUnit): boolean {
  const { stats, options } = thread;
  const failed = unit.error !== undefined;
  recordEnd(thread.record, unit, failed);
  thread.free.push(unit);
  if (failed) return goOnAfterError(thread, unit);
  if (unit.endedAt >= thread.epoch) account(thread, unit);
  if (unit.missing > 0) stats[unit.direction].short++;
  const { kind } = options.verification;
  if (kind === 'none' || unit.direction !== 'read' || !unit.checks) return true;
  return checkUnit(thread, unit, kind);
}

function account(thread: Thread, { direction, startedAt, endedAt, length, missing }: IoUnit): void {
  const { stats, windows, logs } = thread;
  const way = stats[direction];
  const latency = endedAt - startedAt;
  closeWindows(windows, stats, endedAt);
  windows.ios[direction]++;
  windows.bytes[direction] += length - missing;
  way.ios++;
  way.bytes += length - missing;
  way.runtime = endedAt - thread.epoch;
  addSample(way.clat, latency);
  if (way.clatBuckets !== null) addLatency(way.clatBuckets, latency);
  if (way.latBuckets !== null) addLatency(way.latBuckets, latency);
  if (way.slatBuckets !== null) addLatency(way.slatBuckets, 0);
  markLatency(stats.steps, latency);
  if (logs !== null) logIo(logs, endedAt - thread.epoch, { direction, length, latency });
}

function goOnAfterError(thread: Thread, unit: IoUnit): boolean {
  const { stats, options, messages } = thread;
  const errno = unit.error ?? 'EIO';
  messages.push(
    `fio: io_u error on file ${unit.target?.name ?? ''}: ${strerror(errno)}: ${unit.direction} offset=${unit.offset}, buflen=${unit.length}\n`,
  );
  stats.errors++;
  stats.firstError ??= errno;
  const tolerated =
    unit.direction === 'trim' ? 'write' : unit.direction === 'read' ? 'read' : 'write';
  if (options.continueOnError.has(tolerated)) return true;
  fail(thread, errno, { where: 'file:io_u.c:1876', func: 'io_u error' });
  return false;
}

/** Notes an error of the job. Its report shows the first one. */
export function fail(
  { stats }: Thread,
  errno: NonNullable<IoUnit['error']>,
  { where, func }: { readonly where: string; readonly func: string },
): void {
  stats.error ??= { errno, where, func };
}

function checkUnit(thread: Thread, unit: IoUnit, kind: VerifyKindName): boolean {
  const said = checkBlock(unit, kind);
  if (said === undefined) return true;
  const { stats, options, messages } = thread;
  messages.push(said);
  if (options.verification.dumps)
    throw new NotSupported('fio', 0, `verify_dump, and there is something to dump: ${said.trim()}`);
  stats.errors++;
  stats.firstError ??= 'EILSEQ';
  if (options.continueOnError.has('verify')) return true;
  fail(thread, 'EILSEQ', { where: 'file:io_u.c:2152', func: 'io_u_sync_complete' });
  return false;
}
