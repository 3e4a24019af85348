// proc-sys.ts — /proc/sys: the settings of the kernel that scripts about storage look at. Mirrors kernel/sysctl.c, kernel/printk/sysctl.c, fs/drop_caches.c.
import { invalidate } from '@dmsim/bdev';
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';
import type { Directory, RegularFile, Vnode } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { Userland } from '../userland.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';

function shown(value: string | number): () => RegularFile {
  const file = attributeFile({ show: () => `${value}\n`, size: 0 });
  return () => file;
}

const folder = (name: string, nodes: Readonly<Record<string, () => Vnode>>): Directory =>
  withUnknown(`/proc/sys/${name}`, fixedDirectory(nodes));

export function settingsDirectory(machine: Userland): Directory {
  const { hungTasks } = machine;
  return fixedDirectory({
    fs: () => unsimulatedDirectory('/proc/sys/fs'),
    kernel: () =>
      folder('kernel', {
        hostname: shown('(none)'),
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
        osrelease: shown('6.12.117+deb12-amd64'),
        ostype: shown('Linux'),
        pid_max: shown(32_768),
        printk: consoleLevels,
      }),
    net: () => unsimulatedDirectory('/proc/sys/net'),
    vm: () =>
      folder('vm', {
        dirty_background_bytes: shown(0),
        dirty_background_ratio: shown(10),
        dirty_bytes: shown(0),
        dirty_expire_centisecs: shown(3000),
        dirty_ratio: shown(20),
        dirty_writeback_centisecs: shown(500),
        drop_caches: () => dropCaches(machine),
        swappiness: shown(60),
      }),
  });
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

/** Refuses all other names, since dmsim can't tell a setting that Linux lacks from one of the hundreds that are missing here. */
function withUnknown(path: string, known: Directory): Directory {
  return kernelDirectory(
    () => known.entries(),
    (name) => known.lookup(name) ?? unsimulatedFile(`${path}/${name}`),
  );
}

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

/** 1 drops clean pages, 2 drops cached inodes and names, 3 drops both; 4 keeps the log silent. */
function dropCaches({ pageCaches, sim }: Userland): RegularFile {
  return attributeFile({
    size: 0,
    store(process, text) {
      const value = Number(/^\s*(\d+)(?:\s|$)/.exec(text)?.[1] ?? NaN);
      if (!(value >= 1 && value <= 4)) return ready<Errno>('EINVAL');
      if ((value & 1) !== 0) for (const cache of pageCaches.values()) invalidate(cache);
      if ((value & 4) === 0) printk(sim, `${process.name} (${process.pid}): drop_caches: ${value}`);
      return ready(undefined);
    },
  });
}
