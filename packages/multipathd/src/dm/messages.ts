// messages.ts — Messages that multipath sends to a map. Mirrors libmultipath/devmapper.c: dm_message and what it is used for.
import { targetMessage } from '@dmsim/dm';

import type { Session } from '../session.ts';
import { logFailedIoctl } from './libdm-error.ts';
import { mangledName } from './mangled-name.ts';

/** False when the kernel refused it. */
function message(session: Session, name: string, text: string): boolean {
  const answer = targetMessage(
    session.host.dm,
    { name: mangledName(name) },
    { sector: 0n, message: text },
  );
  if (typeof answer !== 'string') return true;
  logFailedIoctl(session, name, { ioctl: 'message', errno: answer, caller: 'dm_message' });
  session.log.put(0, `DM message failed [${text}]`);
  return false;
}

export const failPathMessage = (session: Session, name: string, devT: string): boolean =>
  message(session, name, `fail_path ${devT}`);

export const reinstatePathMessage = (session: Session, name: string, devT: string): boolean =>
  message(session, name, `reinstate_path ${devT}`);

export const switchGroupMessage = (session: Session, name: string, group: number): boolean =>
  message(session, name, `switch_group ${group}`);

export const enableGroupMessage = (session: Session, name: string, group: number): boolean =>
  message(session, name, `enable_group ${group}`);

/** dm_queue_if_no_path */
export const setQueueing = (session: Session, name: string, on: boolean): boolean =>
  message(session, name, on ? 'queue_if_no_path' : 'fail_if_no_path');

/** EBUSY once the removal has begun. */
export const cancelDeferredRemove = ({ host }: Session, name: string): boolean =>
  typeof targetMessage(
    host.dm,
    { name: mangledName(name) },
    { sector: 0n, message: '@cancel_deferred_remove' },
  ) !== 'string';
