// simple-command.ts — Suspend, resume, remove, rename: one ioctl, and the wait for udev. Mirrors libmultipath/devmapper.c: dm_simplecmd, dm_rename.
import { devRemove, devRename, devResume, devSuspend } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { traceMap } from '../trace-points.ts';
import { logFailedIoctl } from './libdm-error.ts';
import { mangledName } from './mangled-name.ts';
import { BASE_FLAGS } from './udev-flags.ts';

/** A cookie with these flags (DM_UDEV_…). The daemon's is nothing else, for nobody waits for it. */
export const cookieWith = ({ host, isDaemon }: Session, flags: number): number =>
  isDaemon ? flags * 0x10000 : host.udev.createCookie(flags);

/** The daemon waits for nobody here: it looks out for udev's event itself. */
export function* waitForUdev({ host, isDaemon }: Session, cookie: number): Task<void> {
  if (!isDaemon) yield* host.udev.wait(cookie);
}

/** With `flush` what waits in the map is waited for, or fails. */
export function* suspendMap(
  session: Session,
  name: string,
  { flush, asked = false }: { readonly flush: boolean; readonly asked?: boolean },
): Task<Errno | undefined> {
  traceMap(session, name, { verb: 'suspend', asked });
  const { dm } = session.host;
  const error = yield* devSuspend(
    dm,
    { name: mangledName(name) },
    { noflush: !flush, lockFs: false },
  );
  return failed(session, name, { ioctl: 'suspend', error });
}

/** Tells the log of an ioctl that failed, and returns why it did. */
function failed(
  session: Session,
  name: string,
  {
    ioctl,
    error,
    caller = 'dm_simplecmd',
  }: {
    readonly ioctl: 'suspend' | 'resume' | 'remove' | 'rename';
    readonly error: Errno | undefined;
    readonly caller?: string;
  },
): Errno | undefined {
  if (error !== undefined) logFailedIoctl(session, name, { ioctl, errno: error, caller });
  return error;
}

export function* resumeMap(
  session: Session,
  name: string,
  { flush, flags = 0 }: { readonly flush: boolean; readonly flags?: number },
): Task<Errno | undefined> {
  const { dm } = session.host;
  traceMap(session, name, { verb: 'resume' });
  const cookie = cookieWith(session, BASE_FLAGS | flags);
  const error = yield* devResume(
    dm,
    { name: mangledName(name) },
    { noflush: !flush, lockFs: false, cookie },
  );
  failed(session, name, { ioctl: 'resume', error });
  yield* waitForUdev(session, cookie);
  return error;
}

export function* removeMap(
  session: Session,
  name: string,
  { deferred = false }: { readonly deferred?: boolean } = {},
): Task<Errno | undefined> {
  const { dm } = session.host;
  traceMap(session, name, { verb: 'remove' });
  const cookie = cookieWith(session, BASE_FLAGS);
  const error = yield* devRemove(dm, { name: mangledName(name) }, { deferred, cookie });
  failed(session, name, { ioctl: 'remove', error });
  yield* waitForUdev(session, cookie);
  return error;
}

export function* renameMap(
  session: Session,
  from: string,
  { to, flags = 0 }: { readonly to: string; readonly flags?: number },
): Task<Errno | undefined> {
  const { dm } = session.host;
  const cookie = cookieWith(session, BASE_FLAGS | flags);
  const error = devRename(
    dm,
    { name: mangledName(from) },
    { to: mangledName(to), setUuid: false, cookie },
  );
  failed(session, from, { ioctl: 'rename', error, caller: 'dm_rename' });
  yield* waitForUdev(session, cookie);
  return error;
}
