// proc-pid.ts — /proc/PID: what the kernel shows of a process. Mirrors fs/proc/base.c: tgid_base_stuff; fs/proc/array.c: do_task_stat, proc_pid_status.
import type { Process, Sim } from '@dmsim/sim';
import { touchProcess } from '@dmsim/sim';
import type { Directory, Symlink, Vnode } from '@dmsim/vfs';
import { attributeFile, createSymlink } from '@dmsim/vfs';

import { unsimulatedDirectory, unsimulatedFile, unsimulatedLink } from '../unsimulated.ts';
import { kernelDirectory } from './kernel-directory.ts';

/** /proc/self: a link to the directory of the process that looks at it. */
export const selfLink = ({ current }: Sim): Symlink => createSymlink(String(current?.pid ?? 1));

/** Whether `ls /proc` shows it: threads other than the first can be looked up, but are not listed. */
export const isListed = (process: Process): boolean => leaderOf(process) === process;

const leaderOf = (process: Process): Process => process.threads?.leader ?? process;

const threadsOf = (process: Process): readonly Process[] => process.threads?.members ?? [process];

/** `mounts` is the same for all processes. */
export function processDirectory(process: Process, mounts: () => string): Directory {
  return directoryOf(process, mounts, { task: () => taskDirectory(process, mounts) });
}

/** /proc/PID/task: a directory for each thread, by its number. */
function taskDirectory(process: Process, mounts: () => string): Directory {
  return kernelDirectory(
    () => threadsOf(process).map(({ pid }) => String(pid)),
    (name) => {
      const thread = threadsOf(process).find(({ pid }) => String(pid) === name);
      return thread === undefined ? undefined : directoryOf(thread, mounts, {});
    },
  );
}

function directoryOf(
  process: Process,
  mounts: () => string,
  folders: Readonly<Record<string, () => Directory>>,
): Directory {
  const shown: Readonly<Record<string, () => string>> = {
    cmdline: () => process.args.map((arg) => `${arg}\0`).join(''),
    comm: () => `${commOf(process)}\n`,
    mounts,
    stat: () => statLine(process),
    status: () => statusLines(process),
  };
  const lookup = (name: string): Vnode | undefined => {
    const show = Object.hasOwn(shown, name) ? shown[name] : undefined;
    if (show !== undefined) return attributeFile({ show, size: 0 });
    const folder = Object.hasOwn(folders, name) ? folders[name] : undefined;
    if (folder !== undefined) return folder();
    const path = `/proc/${process.pid}/${name}`;
    if (DIRECTORIES.has(name)) return unsimulatedDirectory(path);
    if (LINKS.has(name)) return unsimulatedLink(path);
    return FILES.has(name) ? unsimulatedFile(path) : undefined;
  };
  const names = [
    ...Object.keys(shown),
    ...Object.keys(folders),
    ...DIRECTORIES,
    ...LINKS,
    ...FILES,
  ];
  return kernelDirectory(() => names, lookup);
}

const DIRECTORIES: ReadonlySet<string> = new Set('attr fd fdinfo map_files net ns'.split(' '));
const LINKS: ReadonlySet<string> = new Set('cwd exe root'.split(' '));
const FILES: ReadonlySet<string> = new Set(
  (
    'arch_status autogroup auxv cgroup clear_refs coredump_filter cpu_resctrl_groups cpuset environ gid_map io ' +
    'ksm_merging_pages ksm_stat limits loginuid maps mem mountinfo mountstats numa_maps oom_adj oom_score oom_score_adj ' +
    'pagemap patch_state personality projid_map sched schedstat sessionid setgroups smaps smaps_rollup stack statm syscall ' +
    'timens_offsets timers timerslack_ns uid_map wchan'
  ).split(' '),
);

/** TASK_COMM_LEN: at most fifteen characters. A thread is called what started it, whatever it is for. */
export const commOf = (process: Process): string => leaderOf(process).name.slice(0, 15);

function stateOf(process: Process): readonly [letter: string, word: string] {
  touchProcess(process);
  const { state, wait } = process;
  if (state === 'zombie') return ['Z', 'zombie'];
  if (state === 'runnable' || wait === null) return ['R', 'running'];
  return wait.interruptible ? ['S', 'sleeping'] : ['D', 'disk sleep'];
}

/** Only the numbers of processes and groups have values here. All others are zero. */
function statLine(process: Process): string {
  const { pid, ppid, pgid } = process;
  const rest = Array.from({ length: 47 }, () => 0);
  return `${pid} (${commOf(process)}) ${stateOf(process)[0]} ${ppid} ${pgid} ${rest.join(' ')}\n`;
}

function statusLines(process: Process): string {
  const { pid, ppid } = process;
  const [letter, word] = stateOf(process);
  const lines: readonly (readonly [string, string])[] = [
    ['Name', commOf(process)],
    ['Umask', '0022'],
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
    ['Threads', String(threadsOf(process).length)],
  ];
  return lines.map(([name, value]) => `${name}:\t${value}\n`).join('');
}
