// device-ref.ts — Finds the device that a command names, by name, -u, or -j and -m, and words the failures of its ioctls.
import type { DeviceKey, HashCell } from '@dmsim/dm';
import { findCell } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { deviceName, mangledUuid } from './names.ts';
import type { Call, Run } from './run.ts';
import { logError } from './run.ts';

/** All that is known of the device, for messages. */
export interface DeviceRef {
  readonly name?: string;
  readonly uuid?: string;
  readonly major?: number;
  readonly minor?: number;
}

/** Null if no device is named, or the name is wrong; the error has been printed. */
export function* deviceRef(run: Run, word: string | undefined): Task<DeviceRef | null> {
  const { switches } = run;
  if (word !== undefined) {
    const name = yield* deviceName(run, word);
    return name === null ? null : { name };
  }
  if (switches.has('u')) {
    const uuid = yield* mangledUuid(run, switches.value('u') ?? '');
    return uuid === null ? null : { uuid };
  }
  if (switches.has('j')) return { major: switches.number('j'), minor: switches.number('m') };
  yield* logError(run, 'No device specified.');
  return null;
}

/** The device of a command that takes one device or goes through all. */
export function* refOfCall(run: Run, { args, listed }: Call): Task<DeviceRef | null> {
  return listed === undefined ? yield* deviceRef(run, args[0]) : { name: listed };
}

/** A command without a device goes through all of them. */
export function meansAll({ switches }: Run, { args, listed }: Call): boolean {
  return listed === undefined && args.length === 0 && !switches.has('u') && !switches.has('j');
}

export function keyOf({ name, uuid, major = 0, minor = 0 }: DeviceRef): DeviceKey {
  if (name !== undefined) return { name };
  if (uuid !== undefined) return { uuid };
  return { major, minor };
}

export const cellOf = ({ dm }: Run, ref: DeviceRef): HashCell | undefined =>
  findCell(dm, keyOf(ref));

/** `device-mapper: reload ioctl on d (254:0) failed: Invalid argument` */
export function* ioctlFailed(
  run: Run,
  verb: string,
  { name = '', uuid = '', major = 0, minor = 0 }: DeviceRef,
  errno: Errno,
): Task<false> {
  const dev = major > 0 ? `(${major}:${minor})` : '';
  return yield* logError(
    run,
    `device-mapper: ${verb} ioctl on ${name} ${uuid}${dev} failed: ${strerror(errno)}`,
  );
}
