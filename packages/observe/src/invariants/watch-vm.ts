// watch-vm.ts — Watches a virtual machine, whatever its disks do: it handles an error as the policy says, stops for an error if and
// only if the policy says so, and then stands still.
import type { GuestDisk, JsonObject, Vm } from '@dmsim/qemu';
import { forgottenSection, isRunning, policyOfJob, wrongQuiesceCount } from '@dmsim/qemu';
import { formatSeconds } from '@dmsim/sim';

import type { Violation } from './violation.ts';
import { actionsFor, MAY, policyFor } from './vm-policies.ts';

const KEEPS_POLICY = {
  invariant: 'what is done about an error is what the policy says',
  meaning: 'A guest sees an error that it should not, or stands still for one that it should see.',
};
const HAS_A_REASON = {
  invariant: 'a virtual machine that stops for an error has had one',
  meaning: 'A service is down though nothing was wrong.',
};
const DOES_STOP = {
  invariant: 'a virtual machine stops when the policy says so',
  meaning: 'The request that has failed is never sent again.',
};

const JOB_KEEPS_POLICY = {
  invariant: 'what a job does about an error is what its policy says',
  meaning: 'A copy ends half done that should have waited, or waits for someone who is not told.',
};
const SPEAKS_AGAIN = {
  invariant: 'what a drained section silences speaks again',
  meaning: 'Requests of a guest wait for ever, though nothing holds them.',
};
const STANDS_STILL = {
  invariant: 'a stopped machine begins nothing for its guest',
  meaning: 'Data changes under whoever stopped it to copy its disks or to move it.',
};

export interface VmWatch {
  /** Checks that the machine has stopped for its last error, if the run was long enough for that. */
  end(): void;
}

/** Appends violations to `violations` as they are found. */
export function watchVm(vm: Vm, violations: Violation[]): VmWatch {
  /** Since the machine last stopped. */
  let hasReason = false;
  let mustStop = false;
  let isStopped = false;
  const report = (what: Omit<Violation, 'message' | 'at'>, message: string): void => {
    const { now } = vm.sim;
    violations.push({ ...what, message: `${message} at ${formatSeconds(now)} s`, at: now });
  };
  const failed = (data: JsonObject): void => {
    const { action } = data;
    if (typeof action !== 'string') return;
    if (action === 'stop') {
      hasReason = true;
      // An error in a machine that has stopped already needs no further stop.
      if (isRunning(vm)) mustStop = true;
    }
    const disk = diskOf(vm, data);
    const isRead = data['operation'] === 'read';
    if (disk === undefined || actionsFor(disk, isRead).some((may) => may === action)) return;
    const policy = `${isRead ? 'rerror' : 'werror'}=${policyFor(disk, isRead)}`;
    report(KEEPS_POLICY, `with ${policy} the action of ${vm.name} is ${action}`);
  };
  const jobFailed = ({ device, operation, action }: JsonObject): void => {
    if (typeof device !== 'string' || typeof operation !== 'string' || typeof action !== 'string')
      return;
    const job = vm.jobs.find(({ id }) => id === device);
    const policy = job === undefined ? undefined : policyOfJob(job, operation === 'read');
    if (policy === undefined || MAY[policy]?.some((may) => may === action) !== false) return;
    const message = `with ${policy} the action of a ${operation} of job ${device} is ${action}`;
    report(JOB_KEEPS_POLICY, message);
  };
  vm.listeners.push((event, data) => {
    if (event === 'BLOCK_IO_ERROR' && data !== undefined) failed(data);
    if (event === 'BLOCK_JOB_ERROR' && data !== undefined) jobFailed(data);
    // A reset may come before the stop, which is then not needed any more.
    if (event === 'STOP' || event === 'RESET') mustStop = false;
    if (event === 'RESUME') isStopped = false;
    if (event !== 'STOP') return;
    isStopped = true;
    if (!hasReason && vm.runState === 'io-error')
      report(HAS_A_REASON, `${vm.name} stops for an error`);
    hasReason = false;
  });
  vm.layer.kickListeners.push(() => {
    if (isStopped)
      report(STANDS_STILL, `${vm.name} begins I/O for its guest although it stands still`);
  });
  return {
    end() {
      const silent = silenceOf(vm);
      if (silent !== null) report(SPEAKS_AGAIN, `in ${vm.name} ${silent}`);
      if (mustStop) report(DOES_STOP, `${vm.name} has not stopped for its last error`);
    },
  };
}

function silenceOf({ layer, jobs, exit }: Vm): string | null {
  if (exit !== null) return null;
  return wrongQuiesceCount(layer) ?? (jobs.length === 0 ? forgottenSection(layer) : null);
}

/** The disk that the event is about; undefined once it is gone. */
const diskOf = ({ disks }: Vm, data: JsonObject): GuestDisk | undefined =>
  disks.find(({ blk }) => blk.name === data['device'] && blk.node.name === data['node-name']);
