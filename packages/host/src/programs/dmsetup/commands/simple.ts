// simple.ts — Commands that are one ioctl on one device: suspend, resume, clear, wait.
import { devResume, devSuspend, devWait, tableClear } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';

import type { DeviceRef } from '../device-ref.ts';
import { cellOf, deviceRef, ioctlFailed, keyOf } from '../device-ref.ts';
import { resumed, udevCookie } from '../nodes.ts';
import type { Call, Run } from '../run.ts';
import { ioctl } from '../run.ts';
import { atoi } from '../switches.ts';
import { displayInfo } from './info.ts';

/** The flags for a suspend; `remove -f` and `wipe_table -f` never wait for I/O. */
export interface FlushOptions {
  readonly noflush: boolean;
  readonly lockFs: boolean;
}

const flushOptions = ({ switches }: Run): FlushOptions => ({
  noflush: switches.has('noflush'),
  lockFs: !switches.has('nolockfs'),
});

export function* suspend(run: Run, { args }: Call): Task<boolean> {
  const ref = yield* deviceRef(run, args[0]);
  if (ref === null) return false;
  const error = yield* ioctl(run, devSuspend(run.dm, keyOf(ref), flushOptions(run)));
  return yield* finish(run, 'suspend', ref, error);
}

export function* resume(run: Run, { args }: Call): Task<boolean> {
  const ref = yield* deviceRef(run, args[0]);
  if (ref === null) return false;
  return yield* finish(run, 'resume', ref, yield* resumeDevice(run, ref, flushOptions(run)));
}

/** Makes the node too. */
export function* resumeDevice(
  run: Run,
  ref: DeviceRef,
  { noflush, lockFs }: FlushOptions,
): Task<Errno | undefined> {
  const cell = cellOf(run, ref);
  const cookie = udevCookie(run);
  const error = yield* ioctl(run, devResume(run.dm, keyOf(ref), { noflush, lockFs, cookie }));
  if (error === undefined && cell !== undefined) yield* resumed(run, cell);
  return error;
}

export function* clear(run: Run, { args }: Call): Task<boolean> {
  const ref = yield* deviceRef(run, args[0]);
  if (ref === null) return false;
  return yield* finish(run, 'clear', ref, tableClear(run.dm, keyOf(ref)));
}

/** `wait [<device>] [<event_nr>]` */
export function* wait(run: Run, { args }: Call): Task<boolean> {
  const named = !run.switches.has('u') && !run.switches.has('j');
  const ref = yield* deviceRef(run, named ? args[0] : undefined);
  if (ref === null) return false;
  const numbers = named ? args.slice(1) : args;
  const eventNr = atoi(numbers.at(-1) ?? '0') >>> 0;
  const cell = cellOf(run, ref);
  const name = cell?.name;
  const error = yield* ioctl(run, devWait(run.dm, keyOf(ref), { eventNr }));
  if (error !== undefined) return yield* ioctlFailed(run, 'waitevent', ref, error);
  return run.switches.has('v') ? yield* displayInfo(run, cell, name) : true;
}

function* finish(run: Run, verb: string, ref: DeviceRef, error: Errno | undefined): Task<boolean> {
  if (error !== undefined) return yield* ioctlFailed(run, verb, ref, error);
  return run.switches.has('v') ? yield* displayInfo(run, cellOf(run, ref)) : true;
}
