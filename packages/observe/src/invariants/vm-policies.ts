// vm-policies.ts — The promises of the error policies of a virtual machine's disk (werror, rerror).
import type { GuestDisk } from '@dmsim/qemu';

type Action = 'report' | 'ignore' | 'stop' | 'retry';

/** The actions that each policy allows, without a time-out. */
export const MAY: Readonly<Record<string, readonly Action[]>> = {
  report: ['report'],
  ignore: ['ignore'],
  stop: ['stop'],
  enospc: ['stop', 'report'],
  auto: ['stop', 'report'],
};

/** The actions that are allowed for an error of a read, or of another request. */
export function actionsFor({ blk }: Pick<GuestDisk, 'blk'>, isRead: boolean): readonly Action[] {
  const known = MAY[policyFor({ blk }, isRead)];
  if (known !== undefined) return known;
  // A retry gives up only if it has a time-out, or if the disk can't retry.
  return blk.retry?.timeout === 0 ? ['retry'] : ['retry', 'report'];
}

/** `werror=stop`, as it is written on the command line, is `stop`. */
export const policyFor = ({ blk }: Pick<GuestDisk, 'blk'>, isRead: boolean): string =>
  isRead ? blk.onReadError : blk.onWriteError;
