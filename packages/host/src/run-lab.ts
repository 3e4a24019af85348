// run-lab.ts — Runs one lab on one machine to its end: the shell, and everything it leaves running.
import { SelectorBroken } from '@dmsim/multipath';
import type { OpenFile, OpenFlags } from '@dmsim/shell';
import { createOpenFile, NotSupported, parseLab, ready, startLab } from '@dmsim/shell';
import type { Process, RunOptions, Task } from '@dmsim/sim';
import { hangReport, run } from '@dmsim/sim';

import { completeEvents } from './events.ts';
import type { Violation } from './invariants/violation.ts';
import { watchInvariants } from './invariants/watch.ts';
import type { Machine } from './machine.ts';
import { silentSelectorReport } from './user-selectors.ts';

/** How it ended, for whoever must say so. */
export type LabOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  /** Nothing can go on: who waits for what since when. */
  | { readonly kind: 'hung'; readonly report: readonly string[] }
  /** A limit of the simulator, by name. */
  | { readonly kind: 'limit'; readonly limit: string; readonly report: readonly string[] }
  /** Something that Linux has and dmsim has not, or a path selector of the user's is broken: `message` says where and what. */
  | { readonly kind: 'refused'; readonly message: string };

export interface LabResult {
  readonly outcome: LabOutcome;
  readonly violations: readonly Violation[];
}

export interface LabOptions {
  /** As `$0` and messages show it. */
  readonly name: string;
  readonly text: string;
  /** What the lab writes to descriptors 1 and 2, as it writes it. */
  readonly onOutput: (fd: 1 | 2, bytes: Uint8Array) => void;
  readonly args?: readonly string[];
  /** @defaultValue true */
  readonly checkInvariants?: boolean;
  readonly limits?: Pick<RunOptions, 'maxEvents' | 'maxEventsPerInstant' | 'hungAfter'>;
}

export function runLab(machine: Machine, options: LabOptions): LabResult {
  const violations: Violation[] = [];
  const watch = options.checkInvariants === false ? null : watchInvariants(machine, violations);
  const outcome = runToEnd(machine, options);
  completeEvents(machine.events);
  watch?.unsubscribe();
  return { outcome, violations: provesNothing(machine, outcome) ? [] : violations };
}

/** Cut short, or I/O waits beside paths because of a selector, as the report says: what it left behind is no fault of dm's. */
const provesNothing = (machine: Machine, { kind }: LabOutcome): boolean =>
  kind === 'refused' || (kind === 'hung' && silentSelectorReport(machine).length > 0);

function runToEnd(machine: Machine, options: LabOptions): LabOutcome {
  const { sim } = machine;
  try {
    const shell = startShell(machine, options);
    const outcome = run(sim, { ...options.limits, stop: () => sim.processes.size === 0 });
    switch (outcome.kind) {
      case 'idle':
      case 'stopped':
        return { kind: 'exited', status: shell.status };
      case 'hung':
        return { kind: 'hung', report: waitReport(machine) };
      case 'limit':
        return { kind: 'limit', limit: outcome.limit, report: waitReport(machine) };
    }
  } catch (error) {
    if (error instanceof NotSupported) return { kind: 'refused', message: error.message };
    if (error instanceof SelectorBroken) return { kind: 'refused', message: blame(machine, error) };
    throw error;
  }
}

const waitReport = (machine: Machine): string[] => [
  ...hangReport(machine.sim),
  ...silentSelectorReport(machine),
];

function blame({ selectorFiles }: Machine, { selector, message }: SelectorBroken): string {
  const file = selectorFiles.get(selector);
  return file === undefined ? message : `${file}: ${message}`;
}

function startShell(machine: Machine, { name, text, args = [], onOutput }: LabOptions): Process {
  const { sim, root, programs } = machine;
  const input = createOpenFile('/dev/null', READ, { read: nothing });
  const start = {
    sim,
    root,
    cwd: '/',
    env: new Map([
      ['PATH', '/usr/bin:/usr/sbin'],
      ['HOME', '/'],
      ['TERM', 'linux'],
      ['DM_DISABLE_UDEV', '1'],
    ]),
    fds: new Map([
      [0, input],
      [1, outputFile(1, onOutput)],
      [2, outputFile(2, onOutput)],
    ]),
    argv: [name, ...args],
  };
  return startLab(parseLab(text, name), start, { programs });
}

const READ: OpenFlags = { read: true, write: false };
const WRITE: OpenFlags = { read: false, write: true };

const nothing = (): Task<Uint8Array> => ready(new Uint8Array(0));

function outputFile(fd: 1 | 2, onOutput: LabOptions['onOutput']): OpenFile {
  return createOpenFile(fd === 1 ? '/dev/stdout' : '/dev/stderr', WRITE, {
    write(_process, bytes) {
      onOutput(fd, bytes);
      return ready(bytes.length);
    },
  });
}
