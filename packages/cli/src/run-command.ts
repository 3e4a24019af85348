// run-command.ts — dmsim run LAB.
import type { MachineOptions } from '@dmsim/host';
import { createMachine, REQUEUE_NAMES, runLab } from '@dmsim/host';

import { parseChoice } from './choice-options.ts';
import type { Command } from './command.ts';
import { loadSelectors } from './load-selectors.ts';
import { parseOptions } from './parse-options.ts';
import { readLab } from './read-lab.ts';
import { Refusal } from './refusal.ts';
import { readReplay, reportParting } from './replay-option.ts';
import type { ReplayedRun } from './replay-option.ts';
import { report } from './report.ts';
import { writeAll } from './standard-streams.ts';
import { startTrace } from './trace-file.ts';

const HELP = `Usage: dmsim run [OPTION]... LAB [ARGUMENT]...
Runs LAB, a bash script written for Linux, on a simulated machine in virtual time.
Standard output and standard error are the lab's; what dmsim has to say itself goes to standard error.

  --seed N          for all chance: devices that draw, --order random (default 1)
  --order ORDER     fifo (default): everything takes its usual time, and what is due at once comes as it was scheduled;
                    random: with the jitter of a machine, in any order
  --slack TIME      with --order random: what is due within TIME may go first (default 1ms; 0: only what is due at once)
  --replay FILE     the choices of a run that dmsim explore found (sets all of the above)
  --requeue NAME    what dm does with I/O that a target gives back: deferred-head (Linux 6.12, default),
                    pushback (the noflush patches of 2006), none (before them)
  --selector FILE   adds a path selector of yours, a JavaScript module (or more: once for each)
  --trace FILE      writes a timeline that opens in ui.perfetto.dev
  --quiet           says nothing when all is well
  --help            this
  --version

Examples:
  dmsim run lab.sh                          what Linux would print
  dmsim run --order random --seed 7 lab.sh  the same lab in another order
  dmsim run --trace lab.json lab.sh         and a timeline of it

Exit status: the lab's; 120 a fault of dmsim, 121 a limit was reached, 122 nothing could go on, 123 an invariant broke,
125 when dmsim refuses (a missing file, an unknown option, a part of bash or of a tool that is not simulated).
`;

interface RunOptions {
  readonly lab: string;
  readonly args: readonly string[];
  readonly machine: MachineOptions;
  readonly replayed: ReplayedRun | null;
  readonly selectors: readonly string[];
  readonly trace: string | null;
  readonly quiet: boolean;
}

async function run(argv: readonly string[]): Promise<number> {
  const options = parseRun(argv);
  const text = readLab(options.lab);
  const selectors = await loadSelectors(options.selectors);
  const machine = createMachine({ ...options.machine, selectors });
  const trace = options.trace === null ? null : startTrace(machine, options.trace);
  const started = process.cpuUsage();
  const result = runLab(machine, {
    name: options.replayed?.name ?? options.lab,
    text,
    args: options.args,
    onOutput: (fd, bytes) => writeAll(fd, bytes),
  });
  if (result.outcome.kind === 'refused') trace?.abandon();
  else trace?.finish();
  if (options.replayed !== null) reportParting(options.replayed.replay);
  const { user, system } = process.cpuUsage(started);
  return report(result, {
    quiet: options.quiet,
    virtual: machine.sim.now,
    cpuMs: (user + system) / 1000,
  });
}

function parseRun(argv: readonly string[]): RunOptions {
  const options = {
    seed: { type: 'string' },
    order: { type: 'string' },
    slack: { type: 'string' },
    replay: { type: 'string' },
    requeue: { type: 'string' },
    selector: { type: 'string', multiple: true },
    trace: { type: 'string' },
    quiet: { type: 'boolean' },
  } as const;
  // What follows the lab's name is the lab's.
  const { values, operands } = parseOptions('run', argv, options, { operandEnds: true });
  const [lab, ...args] = operands;
  if (lab === undefined) throw new Refusal("run: no lab given (try 'dmsim run --help')");
  const replayed = values.replay === undefined ? null : readReplay(values.replay);
  return {
    lab,
    args: replayed?.args ?? args,
    machine: replayed?.machine ?? parseMachine(values),
    replayed,
    selectors: values.selector ?? [],
    trace: values.trace ?? null,
    quiet: values.quiet === true,
  };
}

function parseMachine(values: {
  readonly seed?: string;
  readonly order?: string;
  readonly slack?: string;
  readonly requeue?: string;
}): MachineOptions {
  const seed = parseSeed(values.seed ?? '1');
  const choice = parseChoice(values.order ?? 'fifo', { seed, slack: values.slack });
  const requeue = REQUEUE_NAMES.find((name) => name === (values.requeue ?? 'deferred-head'));
  if (requeue === undefined) {
    throw new Refusal(`run: --requeue takes ${REQUEUE_NAMES.join(', ')}, not '${values.requeue}'`);
  }
  return { seed, requeue, ...choice };
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0x7fffffff) {
    throw new Refusal(`run: --seed takes a number from 0 to 2147483647, not '${text}'`);
  }
  return seed;
}

export const runCommand: Command = {
  name: 'run',
  operands: '[OPTION]... LAB [ARGUMENT]...',
  summary: 'runs a lab on a simulated machine',
  help: HELP,
  run,
};
