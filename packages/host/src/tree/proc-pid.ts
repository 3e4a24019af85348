// proc-pid.ts — /proc/PID: what the kernel shows of a process. Mirrors fs/proc/base.c: tgid_base_stuff; fs/proc/array.c: do_task_stat, proc_pid_status.
import type { Process, Sim } from '@dmsim/sim';
import type { Directory, Symlink, Vnode } from '@dmsim/vfs';
import { attributeFile, createSymlink } from '@dmsim/vfs';

import { isSystemProgram } from '../programs/system-programs.ts';
import { unsimulatedDirectory, unsimulatedFile, unsimulatedLink } from '../unsimulated.ts';
import { kernelDirectory } from './kernel-directory.ts';
import { commOf, groupOf, leaderOf, statusOf, stateOf, threadsOf } from './proc-status.ts';

/** /proc/self: a link to the directory of the process that looks at it. */
export const selfLink = ({ current }: Sim): Symlink => createSymlink(String(current?.pid ?? 1));

/** Whether `ls /proc` shows it: threads other than the first can be looked up, but are not listed. */
export const isListed = (process: Process): boolean => leaderOf(process) === process;

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
    status: () => statusOf(process),
  };
  const lookup = (name: string): Vnode | undefined => {
    const show = Object.hasOwn(shown, name) ? shown[name] : undefined;
    if (show !== undefined) return attributeFile({ show, size: 0 });
    const folder = Object.hasOwn(folders, name) ? folders[name] : undefined;
    if (folder !== undefined) return folder();
    if (name === 'exe') return createSymlink(executableOf(process));
    const path = `/proc/${process.pid}/${name}`;
    if (DIRECTORIES.has(name)) return unsimulatedDirectory(path);
    if (LINKS.has(name)) return unsimulatedLink(path);
    return FILES.has(name) ? unsimulatedFile(path) : undefined;
  };
  const names = [
    ...Object.keys(shown),
    ...Object.keys(folders),
    ...DIRECTORIES,
    'exe',
    ...LINKS,
    ...FILES,
  ];
  return kernelDirectory(() => names, lookup);
}

const DIRECTORIES: ReadonlySet<string> = new Set('attr fd fdinfo map_files net ns'.split(' '));
const LINKS: ReadonlySet<string> = new Set('cwd root'.split(' '));
const FILES: ReadonlySet<string> = new Set(
  (
    'arch_status autogroup auxv cgroup clear_refs coredump_filter cpu_resctrl_groups cpuset environ gid_map io ' +
    'ksm_merging_pages ksm_stat limits loginuid maps mem mountinfo mountstats numa_maps oom_adj oom_score oom_score_adj ' +
    'pagemap patch_state personality projid_map sched schedstat sessionid setgroups smaps smaps_rollup stack statm syscall ' +
    'timens_offsets timers timerslack_ns uid_map wchan'
  ).split(' '),
);

/** The file of its program. A subshell is what its shell is. */
function executableOf(process: Process): string {
  const name = commOf(process);
  if (APPLETS.has(name)) return '/usr/bin/busybox';
  return `${isSystemProgram(name) ? '/usr/sbin' : '/usr/bin'}/${name === 'sh' ? 'bash' : name}`;
}

/** The programs that are links to busybox. */
const APPLETS: ReadonlySet<string> = new Set(
  'awk bzip2 dmesg find gzip insmod less lsmod mktemp poweroff rmmod tar uname vi xargs'.split(' '),
);

/** Only what identifies the process has a value here; counts and times are zero. */
function statLine(process: Process): string {
  const { pid, ppid } = process;
  const rest = Array.from({ length: 43 }, () => 0);
  const head = `${pid} (${commOf(process)}) ${stateOf(process)[0]} ${ppid} ${groupOf(process)}`;
  // Session, terminal, its foreground group, flags.
  return `${head} 0 0 -1 4194304 ${rest.join(' ')}\n`;
}
