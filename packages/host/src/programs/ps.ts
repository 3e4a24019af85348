// ps.ts — ps(1) of procps, for the columns that say what a process is and what it waits for.
import { tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Process } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { commOf, threadsOf } from '../tree/proc-status.ts';
import type { Column } from './ps-columns.ts';
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

export const ps: Program = tool(function* main(t: Tool) {
  const chosen = parsePs(t);
  const { columns } = chosen;
  // A long title widens its column.
  const wide = columns.map(({ title, width, right, text }): Column => ({
    title,
    width: Math.max(width, title.length),
    right,
    text,
  }));
  if (chosen.heading && wide.some(({ title }) => title !== ''))
    t.out.put(
      line(
        wide,
        wide.map(({ title }) => title),
      ),
    );
  const shown = select(t, chosen);
  for (const process of shown)
    t.out.put(
      line(
        wide,
        wide.map((column) => column.text(process)),
      ),
    );
  return shown.length > 0 ? 0 : 1;
});

function select({ process: own }: Tool, { pids, parents, names, all }: Chosen): Process[] {
  // Threads other than the first are no processes.
  const listed = [...own.sim.processes.values()].filter((one) => threadsOf(one)[0] === one);
  const isChosen = (one: Process): boolean =>
    all || pids.has(one.pid) || parents.has(one.ppid) || names.has(commOf(one));
  return listed.filter(isChosen).toSorted((a, b) => a.pid - b.pid);
}
