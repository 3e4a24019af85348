// kernel-threads.ts — The kernel threads that `ps` and `pgrep` list: the ones that an idle machine with one processor has, and those for its disks and maps.
import type { Machine } from '../machine.ts';

/** A kernel thread as /proc shows it: it has no command line, and its parent is kthreadd. */
export interface KernelThread {
  readonly pid: number;
  readonly ppid: number;
  readonly name: string;
  /** Its state in `ps`: `I<`, `S`. */
  readonly stat: string;
}

/** PID=NAME, separated by blanks; the numbers are those of a machine that has just started. */
const AT_REST =
  '2=kthreadd 3=pool_workqueue_release 4=kworker/R-kvfree_rcu_reclaim 5=kworker/R-rcu_gp 6=kworker/R-sync_wq ' +
  '7=kworker/R-slub_flushwq 8=kworker/R-netns 9=kworker/0:0-events 11=kworker/0:0H-events_highpri ' +
  '13=kworker/R-mm_percpu_wq 14=rcu_tasks_kthread 15=rcu_tasks_rude_kthread 16=rcu_tasks_trace_kthread 17=ksoftirqd/0 ' +
  '18=rcu_preempt 19=rcu_exp_par_gp_kthread_worker/0 20=rcu_exp_gp_kthread_worker 21=migration/0 22=idle_inject/0 ' +
  '23=cpuhp/0 25=kdevtmpfs 26=kworker/R-inet_frag_wq 27=kauditd 28=khungtaskd 29=kworker/u4:1-events_unbound ' +
  '30=oom_reaper 32=kworker/R-writeback 33=kcompactd0 34=ksmd 35=khugepaged 36=kworker/R-kintegrityd ' +
  '37=kworker/R-kblockd 38=kworker/R-blkcg_punt_bio 39=irq/9-acpi 40=kworker/R-tpm_dev_wq 41=kworker/R-edac-poller ' +
  '42=kworker/R-devfreq_wq 43=kworker/R-quota_events_unbound 44=kworker/0:1H 45=kswapd0 53=kworker/R-kthrotld ' +
  '57=kworker/R-acpi_thermal_pm 59=kworker/R-mld 60=kworker/R-ipv6_addrconf 65=kworker/R-kstrp 67=kworker/u5:0 ' +
  '68=kworker/R-kmpathd 69=kworker/R-kmpath_handlerd 70=kworker/R-kaluad';

/** The numbers of threads that start later. The lab's own processes begin at 100. */
const FIRST_LATER = 71;
const LAST = 99;

const CALM = /^(?:rcu_(?:tasks|preempt)|kworker)/;

function statOf(name: string): string {
  if (/^kworker\/(?:R-|u5|.*H)/.test(name)) return 'I<';
  if (/^(?:ksmd|khugepaged)$/.test(name)) return 'SN';
  return CALM.test(name) ? 'I' : 'S';
}

const KERNEL_THREADS: readonly KernelThread[] = AT_REST.split(' ').map((word) => {
  const [pid = '', name = ''] = word.split('=');
  return { pid: Number(pid), ppid: pid === '2' ? 0 : 2, name, stat: statOf(name) };
});

/** The threads of SCSI hosts (scsi_eh, scsi_tmf) and of maps (kdmflush), as long as there are numbers left for them. */
export function kernelThreads({ scsi, dm }: Pick<Machine, 'scsi' | 'dm'>): KernelThread[] {
  const later = [
    ...[...scsi.hosts.keys()].flatMap((n) => [`scsi_eh_${n}`, `kworker/R-scsi_tmf_${n}`]),
    ...[...dm.cells.values()].map(({ md }) => `kworker/R-kdmflush/${dm.major}:${md.minor}`),
  ];
  return [
    ...KERNEL_THREADS,
    ...later.slice(0, LAST - FIRST_LATER + 1).map((name, i) => ({
      pid: FIRST_LATER + i,
      ppid: 2,
      name,
      stat: statOf(name),
    })),
  ];
}
