// vm-policies.ts — What the error policies of a virtual machine's disk (werror, rerror) promise.
import type { GuestDisk } from '@dmsim/qemu';

type Action = 'report' | 'ignore' | 'stop' | 'retry';

/** What may be done under a policy that gives nothing up in time. */
export const MAY: Readonly<Record<string, readonly Action[]>> = {
  report: ['report'],
  ignore: ['ignore'],
  stop: ['stop'],
  enospc: ['stop', 'report'],
  auto: ['stop', 'report'],
};

/** What may be done about an error of a read, or of anything else. */
export function actionsFor({ blk }: Pick<GuestDisk, 'blk'>, isRead: boolean): readonly Action[] {
  const known = MAY[policyFor({ blk }, isRead)];
  if (known !== undefined) return known;
  // Only a retry with a time-out gives up, and one of a disk that can't retry.
  return blk.retry?.timeout === 0 ? ['retry'] : ['retry', 'report'];
}

/** `werror=stop`, as it is written on the command line, is `stop`. */
export const policyFor = ({ blk }: Pick<GuestDisk, 'blk'>, isRead: boolean): string =>
  isRead ? blk.onReadError : blk.onWriteError;
