// proc-sys.ts — /proc/sys: the settings of the kernel that scripts about storage look at. Mirrors kernel/sysctl.c, kernel/printk/sysctl.c, fs/drop_caches.c.
import type { FlusherSettings } from '@dmsim/bdev';
import { invalidate } from '@dmsim/bdev';
import type { Errno, Prng, Sim } from '@dmsim/sim';
import { createPrng, printk, streamSeed } from '@dmsim/sim';
import type { Directory, RegularFile, Vnode } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import { refusePath, unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { Userland } from '../userland.ts';
import { fixedDirectory } from './kernel-directory.ts';

/** Making a file or a folder there fails with ENOENT. */
const procFolder = (nodes: Nodes): Directory => ({
  ...fixedDirectory(nodes),
  link: (): Errno => 'ENOENT',
});

type Nodes = Readonly<Record<string, () => Vnode>>;

/** Facts about the kernel that nobody can change. */
function constant(value: string | number): () => RegularFile {
  const file = readOnly(() => `${value}\n`);
  return () => file;
}

function readOnly(show: () => string): RegularFile {
  const file = attributeFile({ show, size: 0 });
  return {
    ...file,
    open: (process, path, flags) =>
      flags.write ? ready('EACCES') : file.open(process, path, flags),
  };
}

/** A setting that has no effect here, so that it can be read, and not be written. */
function setting(path: string, value: string | number): () => RegularFile {
  const file = attributeFile({
    show: () => `${value}\n`,
    store: () => refusePath(`/proc/sys/${path}`),
    size: 0,
  });
  return () => file;
}

/** Settings of one folder, by name. */
const settings = (
  folder: string,
  values: Readonly<Record<string, string | number>>,
): Record<string, () => Vnode> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, setting(`${folder}/${name}`, value)]),
  );

export function settingsDirectory(machine: Userland): Directory {
  const { hungTasks } = machine;
  return procFolder({
    ...unknownFolders('/proc/sys', 'abi crypto debug net user'),
    dev: () =>
      folder('dev', '', {
        ...unknownFolders('/proc/sys/dev', 'hpet mac_hid tty'),
        scsi: () => folder('dev/scsi', '', settings('dev/scsi', { logging_level: 0 })),
      }),
    fs: () =>
      folder('fs', FS, {
        ...unknownFolders('/proc/sys/fs', 'binfmt_misc epoll fanotify inotify mqueue quota verity'),
        'aio-nr': constant(0),
        ...settings('fs', { 'aio-max-nr': 65_536, nr_open: 1_048_576 }),
      }),
    kernel: () =>
      folder('kernel', KERNEL, {
        ...unknownFolders(
          '/proc/sys/kernel',
          'firmware_config keys pty seccomp usermodehelper yama',
        ),
        ...settings('kernel', {
          hostname: '(none)',
          hung_task_check_interval_secs: 0,
          hung_task_panic: 0,
          panic: -1,
          panic_on_oops: 0,
          pid_max: 32_768,
          tainted: 0,
        }),
        hung_task_timeout_secs: knob(
          () => hungTasks.timeoutSecs,
          (value) => {
            hungTasks.timeoutSecs = value;
            hungTasks.restart();
          },
        ),
        hung_task_warnings: knob(
          () => hungTasks.warnings,
          (value) => {
            hungTasks.warnings = value;
          },
        ),
        osrelease: constant('6.12.117+deb12-amd64'),
        ostype: constant('Linux'),
        printk: consoleLevels,
        random: () => randomDirectory(machine.sim),
        version: constant('#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~deb12u1 (2026-11-14)'),
      }),
    vm: () => memoryDirectory(machine),
  });
}

const memoryDirectory = (machine: Userland): Directory =>
  folder('vm', VM, {
    ...settings('vm', {
      dirty_background_bytes: 0,
      dirty_background_ratio: 10,
      dirty_bytes: 0,
      dirty_ratio: 20,
      laptop_mode: 0,
      overcommit_memory: 0,
      overcommit_ratio: 50,
      swappiness: 60,
      vfs_cache_pressure: 100,
    }),
    dirty_expire_centisecs: centiseconds(
      machine.flusher,
      'expire',
      '/proc/sys/vm/dirty_expire_centisecs',
    ),
    dirty_writeback_centisecs: centiseconds(
      machine.flusher,
      'interval',
      '/proc/sys/vm/dirty_writeback_centisecs',
    ),
    drop_caches: () => dropCaches(machine),
  });

/** The names of a folder's other settings, which can be seen, and neither be read nor written. */
const FS =
  'dentry-state dir-notify-enable file-max file-nr inode-nr inode-state lease-break-time leases-enable mount-max ' +
  'overflowgid overflowuid pipe-max-size pipe-user-pages-hard pipe-user-pages-soft protected_fifos ' +
  'protected_hardlinks protected_regular protected_symlinks suid_dumpable';
const KERNEL =
  'acct acpi_video_flags apparmor_display_secid_mode apparmor_restrict_unprivileged_unconfined arch auto_msgmni ' +
  'bootloader_type bootloader_version bpf_stats_enabled cad_pid cap_last_cap core_file_note_size_limit core_pattern ' +
  'core_pipe_limit core_sort_vma core_uses_pid ctrl-alt-del dmesg_restrict domainname ftrace_dump_on_oops ' +
  'ftrace_enabled hardlockup_all_cpu_backtrace hardlockup_panic hung_task_all_cpu_backtrace hung_task_check_count ' +
  'io_delay_type io_uring_disabled io_uring_group kexec_load_disabled kexec_load_limit_panic ' +
  'kexec_load_limit_reboot kptr_restrict max_lock_depth max_rcu_stall_to_panic modprobe modules_disabled ' +
  'msg_next_id msgmax msgmnb msgmni ngroups_max nmi_watchdog ns_last_pid numa_balancing ' +
  'numa_balancing_promote_rate_limit_MBps oops_all_cpu_backtrace oops_limit overflowgid overflowuid panic_on_io_nmi ' +
  'panic_on_rcu_stall panic_on_unrecovered_nmi panic_on_warn panic_print perf_cpu_time_max_percent ' +
  'perf_event_max_contexts_per_stack perf_event_max_sample_rate perf_event_max_stack perf_event_mlock_kb ' +
  'perf_event_paranoid poweroff_cmd print-fatal-signals printk_delay printk_devkmsg printk_ratelimit ' +
  'printk_ratelimit_burst randomize_va_space real-root-dev sched_autogroup_enabled sched_cfs_bandwidth_slice_us ' +
  'sched_deadline_period_max_us sched_deadline_period_min_us sched_energy_aware sched_rr_timeslice_ms ' +
  'sched_rt_period_us sched_rt_runtime_us sched_schedstats sem sem_next_id sg-big-buff shm_next_id shm_rmid_forced ' +
  'shmall shmmax shmmni soft_watchdog softlockup_all_cpu_backtrace softlockup_panic split_lock_mitigate ' +
  'stack_tracer_enabled sysctl_writes_strict sysrq task_delayacct threads-max timer_migration traceoff_on_warning ' +
  'tracepoint_printk unknown_nmi_panic unprivileged_bpf_disabled unprivileged_userns_apparmor_policy ' +
  'unprivileged_userns_clone warn_limit watchdog watchdog_cpumask watchdog_thresh';
const VM =
  'admin_reserve_kbytes compact_memory compact_unevictable_allowed compaction_proactiveness ' +
  'dirtytime_expire_seconds enable_soft_offline extfrag_threshold hugetlb_optimize_vmemmap hugetlb_shm_group ' +
  'legacy_va_layout lowmem_reserve_ratio max_map_count memfd_noexec memory_failure_early_kill ' +
  'memory_failure_recovery min_free_kbytes min_slab_ratio min_unmapped_ratio mmap_min_addr mmap_rnd_bits ' +
  'mmap_rnd_compat_bits nr_hugepages nr_hugepages_mempolicy nr_overcommit_hugepages numa_stat numa_zonelist_order ' +
  'oom_dump_tasks oom_kill_allocating_task overcommit_kbytes page-cluster ' +
  'page_lock_unfairness panic_on_oom percpu_pagelist_high_fraction stat_interval stat_refresh ' +
  'unprivileged_userfaultfd user_reserve_kbytes watermark_boost_factor watermark_scale_factor ' +
  'zone_reclaim_mode';

/** A folder with `nodes`, and with files of the names in `unknown`, apart by blanks. */
function folder(name: string, unknown: string, nodes: Nodes): Directory {
  const files = unknown.split(' ').filter((file) => file !== '');
  return procFolder({
    ...Object.fromEntries(
      files.map((file) => [file, () => unsimulatedFile(`/proc/sys/${name}/${file}`)]),
    ),
    ...nodes,
  });
}

const unknownFolders = (path: string, names: string): Record<string, () => Vnode> =>
  Object.fromEntries(
    names.split(' ').map((name) => [name, () => unsimulatedDirectory(`${path}/${name}`)]),
  );

/** Mirrors drivers/char/random.c: random_table. */
function randomDirectory(sim: Sim): Directory {
  const rng = createPrng(streamSeed(sim.seed, 'uuid'));
  const bootId = `${uuid(rng)}\n`;
  return procFolder({
    boot_id: () => readOnly(() => bootId),
    entropy_avail: constant(256),
    poolsize: constant(256),
    ...settings('kernel/random', { urandom_min_reseed_secs: 60, write_wakeup_threshold: 256 }),
    uuid: () => readOnly(() => `${uuid(rng)}\n`),
  });
}

/** A random one, of version 4. */
function uuid(rng: Prng): string {
  const hex = Array.from({ length: 4 }, () => (rng.next() >>> 0).toString(16).padStart(8, '0'));
  const digits = hex.join('');
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) & 3] ?? '8';
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
  return [...parts, `${variant}${digits.slice(17, 20)}`, digits.slice(20)].join('-');
}

/** A setting that is a number and can be written (proc_dointvec). */
function knob(get: () => number, set: (value: number) => void): () => RegularFile {
  const file = attributeFile({
    show: () => `${get()}\n`,
    size: 0,
    store(_process, text) {
      if (!/^\s*-?\d{1,9}\s*$/.test(text)) return ready('EINVAL');
      set(Number(text));
      return ready(undefined);
    },
  });
  return () => file;
}

/** A change counts from the next look on. */
const centiseconds = (
  settings: FlusherSettings,
  name: keyof FlusherSettings,
  path: string,
): (() => Vnode) =>
  knob(
    () => settings[name] / CENTISECOND,
    (value) => {
      if (value < 0) refusePath(path);
      settings[name] = value * CENTISECOND;
    },
  );

const CENTISECOND = 1e7;

/** Holds four numbers. A write replaces as many as it gives, from the first on. */
function consoleLevels(): RegularFile {
  const levels = [1, 4, 1, 7];
  return attributeFile({
    size: 0,
    show: () => `${levels.join('\t')}\n`,
    store(_process, text) {
      const words = text.trim().split(/\s+/);
      if (words.length > levels.length || words.some((word) => !/^-?\d+$/.test(word)))
        return ready('EINVAL');
      levels.splice(0, words.length, ...words.map(Number));
      return ready(undefined);
    },
  });
}

/** 1: clean pages; 2: what the kernel remembers of files; 3: both; 4: say nothing of it in the log. */
function dropCaches({ pageCaches, sim, fileSystems }: Userland): RegularFile {
  return attributeFile({
    size: 0,
    store(process, text) {
      const value = Number(/^\s*(\d+)(?:\s|$)/.exec(text)?.[1] ?? NaN);
      if (!(value >= 1 && value <= 4)) return ready<Errno>('EINVAL');
      if ((value & 1) !== 0) {
        for (const cache of pageCaches.values()) invalidate(cache);
        fileSystems.forgetPages();
      }
      if ((value & 4) === 0) printk(sim, `${process.name} (${process.pid}): drop_caches: ${value}`);
      return ready(undefined);
    },
  });
}
