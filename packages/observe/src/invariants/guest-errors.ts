// guest-errors.ts — A guest sees the errors that the policies of its disks let through, and no other.
import { BLK_STS, BLOCK_TRACE, REQ_OP } from '@dmsim/block';
import type { Vm } from '@dmsim/qemu';

import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, instantText } from './violation.ts';
import { actionsFor, policyFor } from './vm-policies.ts';

/** The guest's kernel has the disks of the machine, in their order. */
export const guestErrors = (vm: Vm): Invariant => ({
  name: 'a guest sees the errors that its policy lets through, and no other',
  meaning: 'A file system goes read-only though the error was to be kept from it.',
  points: [BLOCK_TRACE.block_bio_complete.code],
  start: (run) => check(vm, run),
});

function check(vm: Vm, { machine, report }: WatchedRun): Check {
  const names = [...machine.layer.devices.values()].map(({ dev }) => dev);
  return {
    see(event) {
      const { dev, id, op, at, extra: status } = event;
      if (status !== BLK_STS.IOERR && status !== BLK_STS.NOSPC) return;
      const disk = vm.disks[names.indexOf(dev)];
      const isRead = op === REQ_OP.READ;
      if (disk === undefined || actionsFor(disk, isRead).includes('report')) return;
      const policy = `${isRead ? 'rerror' : 'werror'}=${policyFor(disk, isRead)}`;
      report({
        message: `${bioText(event)} fails ${instantText(at)}, with ${policy}`,
        at,
        bioId: id,
        dev,
      });
    },
  };
}
