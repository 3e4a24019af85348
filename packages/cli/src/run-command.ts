// run-command.ts — dmsim run LAB.
import { closeSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';

import type { LabOutcome, LabResult, MachineOptions } from '@dmsim/host';
import { createMachine, REQUEUE_NAMES, runLab } from '@dmsim/host';
import { fifo, random } from '@dmsim/sim';

import { loadSelectors } from './load-selectors.ts';
import { Refusal } from './refusal.ts';
import { startTrace } from './trace-file.ts';

export const HELP = `Usage: dmsim run [OPTION]... LAB [ARGUMENT]...
  or:  dmsim replay-qmp FILE...   plays recorded QMP sessions again (dmsim replay-qmp --help)
Runs LAB, a bash script written for Linux, on a simulated machine in virtual time.
Standard output and standard error are the lab's; what dmsim has to say itself goes to standard error.

  --seed N          for all chance: devices that draw, --order random (default 1)
  --order ORDER     of what is due at the same instant: fifo (default) or random
  --requeue NAME    what dm does with I/O that a target gives back: deferred-head (Linux 6.12, default),
                    pushback (the noflush patches of 2006), none (before them)
  --selector FILE   adds a path selector of yours, a JavaScript module (or more: once for each)
  --trace FILE      writes a timeline that opens in ui.perfetto.dev
  --quiet           says nothing when all is well
  --help            this
  --version

Exit status: the lab's; 123 when an invariant broke, 124 when nothing could go on, 125 when dmsim refuses
(a missing file, an unknown option, a part of bash or of a tool that is not simulated).
`;

const BROKEN = 123;
const HUNG = 124;
const REFUSED = 125;

interface RunOptions {
  readonly lab: string;
  readonly args: readonly string[];
  readonly machine: MachineOptions;
  readonly selectors: readonly string[];
  readonly trace: string | null;
  readonly quiet: boolean;
}

export async function runCommand(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (options === 'help') {
    writeSync(1, HELP);
    return 0;
  }
  const text = readLab(options.lab);
  const selectors = await loadSelectors(options.selectors);
  const machine = createMachine({ ...options.machine, selectors });
  const trace = options.trace === null ? null : startTrace(machine, options.trace);
  const started = process.cpuUsage();
  const result = runLab(machine, {
    name: options.lab,
    text,
    args: options.args,
    onOutput: (fd, bytes) => writeAll(fd, bytes),
  });
  if (result.outcome.kind === 'refused') trace?.abandon();
  else trace?.finish();
  const { user, system } = process.cpuUsage(started);
  return report(result, {
    quiet: options.quiet,
    virtual: machine.sim.now,
    cpuMs: (user + system) / 1000,
  });
}

function parseOptions(argv: readonly string[]): RunOptions | 'help' {
  const { values, positionals } = parse(argv);
  if (values.help === true) return 'help';
  const [lab, ...args] = positionals;
  if (lab === undefined) throw new Refusal("run: no lab given (try 'dmsim --help')");
  const seed = parseSeed(values.seed ?? '1');
  const order = values.order ?? 'fifo';
  if (order !== 'fifo' && order !== 'random') {
    throw new Refusal(`run: --order takes fifo or random, not '${order}'`);
  }
  const requeue = REQUEUE_NAMES.find((name) => name === (values.requeue ?? 'deferred-head'));
  if (requeue === undefined) {
    throw new Refusal(`run: --requeue takes ${REQUEUE_NAMES.join(', ')}, not '${values.requeue}'`);
  }
  return {
    lab,
    args,
    machine: { seed, requeue, chooser: order === 'random' ? random(seed) : fifo },
    selectors: values.selector ?? [],
    trace: values.trace ?? null,
    quiet: values.quiet === true,
  };
}

function parse(argv: readonly string[]): {
  values: {
    seed?: string;
    order?: string;
    requeue?: string;
    selector?: string[];
    trace?: string;
    quiet?: boolean;
    help?: boolean;
  };
  positionals: string[];
} {
  // What follows the lab's name is the lab's.
  const own = argv.findIndex((word, i) => !word.startsWith('-') && !takesValue(argv[i - 1]));
  const split = own < 0 ? argv.length : own;
  try {
    const { values } = parseArgs({
      args: argv.slice(0, split),
      allowPositionals: false,
      options: {
        seed: { type: 'string' },
        order: { type: 'string' },
        requeue: { type: 'string' },
        selector: { type: 'string', multiple: true },
        trace: { type: 'string' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { values, positionals: argv.slice(split) };
  } catch (error) {
    throw new Refusal(`run: ${firstSentence(error)}`);
  }
}

const takesValue = (word: string | undefined): boolean =>
  word !== undefined && ['--seed', '--order', '--requeue', '--selector', '--trace'].includes(word);

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('. ')[0] ?? message;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0x7fffffff) {
    throw new Refusal(`run: --seed takes a number from 0 to 2147483647, not '${text}'`);
  }
  return seed;
}

function readLab(path: string): string {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw new Refusal(`${path}: ${reason(error)}`);
  }
  try {
    if (fstatSync(fd).isDirectory()) throw new Refusal(`${path}: Is a directory`);
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

function reason(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ENOENT') return 'No such file or directory';
  if (code === 'EACCES') return 'Permission denied';
  return code ?? String(error);
}

/** A pipe may take a part only, or nothing for now. */
function writeAll(fd: 1 | 2, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

interface Figures {
  readonly quiet: boolean;
  readonly virtual: number;
  readonly cpuMs: number;
}

const say = (line: string): void => writeAll(2, new TextEncoder().encode(`dmsim: ${line}\n`));

function report({ outcome, violations }: LabResult, { quiet, virtual, cpuMs }: Figures): number {
  for (const { invariant, message } of violations) say(`broken: ${invariant}: ${message}`);
  const status = reportOutcome(outcome);
  if (violations.length > 0) return BROKEN;
  if (!quiet && outcome.kind === 'exited') {
    const seconds = (virtual / 1e9).toFixed(3);
    say(
      `exit status ${outcome.status}; every invariant held; ${seconds} s of virtual time in ${cpuMs.toFixed(0)} ms of CPU`,
    );
  }
  return status;
}

function reportOutcome(outcome: LabOutcome): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status;
    case 'hung':
      say('hung: nothing is due, and these wait:');
      for (const line of outcome.report) say(`  ${line}`);
      return HUNG;
    case 'limit':
      say(`stopped by the limit ${outcome.limit}; these wait:`);
      for (const line of outcome.report) say(`  ${line}`);
      return HUNG;
    case 'refused':
      say(outcome.message);
      return REFUSED;
  }
}
