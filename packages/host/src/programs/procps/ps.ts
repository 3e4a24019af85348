// ps.ts — ps(1) of procps. It has the columns that say what a process is and what it waits for.
import { tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { formatTime, SIMULATION_START } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { KernelThread } from '../../tree/kernel-threads.ts';
import type { Listed } from './process-list.ts';
import { listProcesses } from './process-list.ts';
import type { Column } from './ps-columns.ts';
import { columnsOf } from './ps-columns.ts';
import { parsePs } from './ps-options.ts';
import type { Chosen } from './ps-options.ts';

const line = (columns: readonly Column[], texts: readonly string[]): string =>
  `${columns
    .map(({ width, right }, i) => {
      const one = texts[i] ?? '';
      if (right) return one.padStart(width);
      return i === columns.length - 1 ? one : one.slice(0, width).padEnd(width);
    })
    .join(' ')}\n`;

/** `kernelThreads` lists the kernel threads that run now. */
export const psProgram = (kernelThreads: () => readonly KernelThread[]): Program =>
  tool((t) => main(t, kernelThreads()));

function* main(t: Tool, kernel: readonly KernelThread[]): Task<number> {
  const chosen = parsePs(t);
  const { columns, format, heading } = chosen;
  const started = formatTime('%H:%M', SIMULATION_START);
  // A long title widens its column.
  const wide = (columns.length > 0 ? columns : columnsOf(format, started)).map(
    ({ title, width, right, text }): Column => ({
      title,
      width: Math.max(width, title.length),
      right,
      text,
    }),
  );
  const titles = wide.map(({ title }) => title);
  if (heading && titles.some((title) => title !== '')) t.out.put(line(wide, titles));
  const shown = select(listProcesses(t.process, kernel), chosen);
  for (const one of shown) {
    t.out.put(
      line(
        wide,
        wide.map(({ text }) => text(one)),
      ),
    );
  }
  return shown.length > 0 ? 0 : 1;
}

function select(
  all: readonly Listed[],
  { pids, parents, names, all: every, reversed }: Chosen,
): Listed[] {
  const chosen = all.filter(
    ({ pid, ppid, comm }) =>
      every || pids.has(pid) || parents.has(ppid) || names.has(comm.slice(0, 15)),
  );
  return reversed ? chosen.toReversed() : chosen;
}
