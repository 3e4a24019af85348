// proc-status.ts — /proc/PID/status. Mirrors fs/proc/array.c: proc_pid_status, task_sig.
import type { Process } from '@dmsim/sim';
import { SIGNALS, touchProcess } from '@dmsim/sim';

export const leaderOf = (process: Process): Process => process.threads?.leader ?? process;

export const threadsOf = (process: Process): readonly Process[] =>
  process.threads?.members ?? [process];

/** TASK_COMM_LEN: at most fifteen characters. A thread has the name of the process that started it. */
export const commOf = (process: Process): string => leaderOf(process).name.slice(0, 15);

export function stateOf(process: Process): readonly [letter: string, word: string] {
  touchProcess(process);
  const { state, stopped, wait } = process;
  if (state === 'zombie') return ['Z', 'zombie'];
  if (stopped && wait?.interruptible !== false) return ['T', 'stopped'];
  if (state === 'runnable' || wait === null) return ['R', 'running'];
  return wait.interruptible ? ['S', 'sleeping'] : ['D', 'disk sleep'];
}

/** The process group. The lab's own is 0, because init started it. */
export function groupOf({ sim, pgid }: Process): number {
  return sim.processes.get(pgid)?.ppid === 1 ? 0 : pgid;
}

/**
 * The state, the numbers, the threads and the signals are those of the process. The figures of memory are the same for every process:
 * those of a small program.
 */
export function statusOf(process: Process): string {
  const { pid, ppid } = process;
  const [letter, word] = stateOf(process);
  const lines: readonly (readonly [string, string])[] = [
    ['Name', commOf(process)],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', `${letter} (${word})`],
    ['Tgid', String(leaderOf(process).pid)],
    ['Ngid', '0'],
    ['Pid', String(pid)],
    ['PPid', String(ppid)],
    ['TracerPid', '0'],
    ['Uid', '0\t0\t0\t0'],
    ['Gid', '0\t0\t0\t0'],
    ['FDSize', '256'],
    ['Groups', ' '],
    ['NStgid', String(leaderOf(process).pid)],
    ['NSpid', String(pid)],
    ['NSpgid', String(groupOf(process))],
    ['NSsid', '0'],
    ['Kthread', '0'],
    ...(process.state === 'zombie' ? [] : MEMORY),
    ['Threads', String(threadsOf(process).length)],
    ...signalLines(process),
    ...REST,
  ];
  return lines.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

const size = (name: string, kb: number): readonly [string, string] => [
  name,
  `${String(kb).padStart(8)} kB`,
];

const MEMORY: readonly (readonly [string, string])[] = [
  size('VmPeak', 2492),
  size('VmSize', 2492),
  size('VmLck', 0),
  size('VmPin', 0),
  size('VmHWM', 1416),
  size('VmRSS', 1416),
  size('RssAnon', 96),
  size('RssFile', 4),
  size('RssShmem', 1316),
  size('VmData', 224),
  size('VmStk', 132),
  size('VmExe', 20),
  size('VmLib', 1528),
  size('VmPTE', 48),
  size('VmSwap', 0),
  size('HugetlbPages', 0),
  ['CoreDumping', '0'],
  ['THP_enabled', '1'],
  ['untag_mask', '0xffffffffffffffff'],
];

const REST: readonly (readonly [string, string])[] = [
  ['CapInh', '0000000000000000'],
  ['CapPrm', '000001ffffffffff'],
  ['CapEff', '000001ffffffffff'],
  ['CapBnd', '000001ffffffffff'],
  ['CapAmb', '0000000000000000'],
  ['NoNewPrivs', '0'],
  ['Seccomp', '0'],
  ['Seccomp_filters', '0'],
  ['Speculation_Store_Bypass', 'not vulnerable'],
  ['SpeculationIndirectBranch', 'always enabled'],
  ['Cpus_allowed', '1'],
  ['Cpus_allowed_list', '0'],
  ['Mems_allowed', `${'00000000,'.repeat(31)}00000001`],
  ['Mems_allowed_list', '0'],
  ['voluntary_ctxt_switches', '1'],
  ['nonvoluntary_ctxt_switches', '8'],
  ['x86_Thread_features', ''],
  ['x86_Thread_features_locked', ''],
];

/**
 * A fatal signal ends all threads, so the kernel makes SIGKILL pending for each of them, too, unless another signal was pending
 * already (complete_signal, wants_signal).
 */
function signalLines(process: Process): readonly (readonly [string, string])[] {
  const { pending, dispositions } = process;
  const having = (wanted: string): number[] =>
    [...dispositions].flatMap(([signal, how]) => (how === wanted ? [signal] : []));
  const isWaiting = process.state === 'waiting';
  const isShell = process.name === 'bash';
  // bash catches SIGCHLD for its children, and SIGINT while it waits for one.
  const own = isShell
    ? [SIGNALS.CHLD, ...(dispositions.has(SIGNALS.INT) ? [] : [SIGNALS.INT])]
    : [];
  const [first] = pending;
  const ends = first !== undefined && !dispositions.has(first);
  return [
    ['SigQ', '0/3756'],
    ['SigPnd', mask(ends ? [SIGNALS.KILL] : [])],
    ['ShdPnd', mask(pending.filter((signal) => signal !== SIGNALS.KILL))],
    ['SigBlk', mask(isShell && isWaiting ? [SIGNALS.CHLD] : [])],
    ['SigIgn', mask([...having('ignore'), ...having('ignoreAlone')])],
    ['SigCgt', mask([...having('trap'), ...own])],
  ];
}

/** A bit for each signal, the first for signal 1. */
function mask(signals: readonly number[]): string {
  let bits = 0n;
  for (const signal of signals) bits |= 1n << BigInt(signal - 1);
  return bits.toString(16).padStart(16, '0');
}
