// process-list.ts — All processes as `ps` and `pgrep` see them: init, the kernel's threads, and those of the lab.
import type { Process } from '@dmsim/sim';

import type { KernelThread } from '../../tree/kernel-threads.ts';
import { commOf, groupOf, stateOf, threadsOf } from '../../tree/proc-status.ts';

export interface Listed {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly comm: string;
  /** The command line; empty for a thread of the kernel and for a zombie. */
  readonly args: string;
  /** The state with its marks, such as `Sl` or `I<`. */
  readonly stat: string;
  readonly threads: number;
  /** Null for init and kernel threads, which are not simulated as processes. */
  readonly process: Process | null;
}

const INIT: Listed = {
  pid: 1,
  ppid: 0,
  pgid: 0,
  comm: 'init',
  args: '/bin/busybox sh /init',
  stat: 'S',
  threads: 1,
  process: null,
};

/** In the order of their numbers. */
export const listProcesses = (own: Process, kernel: readonly KernelThread[]): Listed[] =>
  [
    INIT,
    ...kernel.map((thread) => ({
      pid: thread.pid,
      ppid: thread.ppid,
      pgid: 0,
      comm: thread.name,
      args: '',
      stat: thread.stat,
      threads: 1,
      process: null,
    })),
    // Only the first thread of a process is listed.
    ...[...own.sim.processes.values()].filter((one) => threadsOf(one)[0] === one).map(listed),
  ].toSorted((a, b) => a.pid - b.pid);

function listed(process: Process): Listed {
  const { pid, ppid } = process;
  const threads = threadsOf(process).length;
  const isZombie = process.state === 'zombie';
  return {
    pid,
    ppid,
    pgid: groupOf(process),
    comm: commOf(process),
    args: isZombie ? '' : process.args.join(' '),
    stat: stateOf(process)[0] + (threads > 1 ? 'l' : ''),
    threads,
    process,
  };
}
