// timeout.ts — timeout(1): 124 timed out, 125 itself failed, 126 can't run, 127 not found, 137 killed.
import { textOf } from '@dmsim/libc';
import type { Process, Signal, Task, Wake } from '@dmsim/sim';
import {
  checkSignals,
  parseSignal,
  seconds,
  sendSignal,
  setDisposition,
  signalName,
  strerror,
  SIGNALS,
  takeTrapped,
  userWait,
} from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseDuration } from '../numbers.ts';
import { parseOptions } from '../options.ts';
import type { Options, OptionSpec } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool, warn } from '../tool.ts';
import { statusOfFailure } from './run-child.ts';

const SPEC: OptionSpec = {
  short: 'k:s:v',
  long: {
    foreground: 'foreground',
    'kill-after': 'k:',
    'preserve-status': 'preserve-status',
    signal: 's:',
    verbose: 'v',
  },
  inOrder: true,
  status: 125,
};

const TIMED_OUT = 124;
const FAILED = 125;

interface Watch {
  readonly t: Tool;
  readonly child: Process;
  readonly foreground: boolean;
  readonly verbose: boolean;
  readonly command: string;
  readonly killAfter: number;
  signal: Signal;
  timedOut: boolean;
  deadline: number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, operands } = options;
  const { killAfter, signal, after, command } = askedFor(t, options);
  const { process } = t;
  const foreground = has('foreground');
  // setpgid(0, 0), so that a signal for this program's group does not reach its parent.
  if (!foreground) process.pgid = process.pid;
  trapSignals(process, signal);
  const child = t.context.exec(operands.slice(1).map(textOf));
  if (typeof child === 'string') {
    const reason = strerror(child);
    fail(t, `failed to run command ${quote(t, command)}: ${reason}`, statusOfFailure(child));
  }
  const watch: Watch = {
    t,
    child,
    foreground,
    verbose: has('v'),
    command,
    killAfter,
    signal,
    timedOut: false,
    deadline: after === 0 ? Infinity : process.sim.now + seconds(after),
  };
  while (child.state !== 'zombie') yield* waitOnce(watch);
  if (watch.timedOut && !has('preserve-status') && child.killedBy !== SIGNALS.KILL)
    return TIMED_OUT;
  return child.status;
}

interface Asked {
  readonly killAfter: number;
  readonly signal: Signal;
  readonly after: number;
  readonly command: string;
}

/** Checks the options and operands in the order in which timeout(1) does. Durations are seconds. */
function askedFor(t: Tool, { value, operands }: Options): Asked {
  const [limit, command] = operands;
  const duration = (word: string): number =>
    parseDuration(word) ?? failUsage(t, `invalid time interval ${quote(t, word)}`, FAILED);
  const killAfter = duration(value('k') ?? '0');
  const word = value('s') ?? 'TERM';
  const signal = parseSignal(word);
  if (signal === undefined) failUsage(t, `${quote(t, word)}: invalid signal`, FAILED);
  if (limit === undefined || command === undefined) failUsage(t, '', FAILED);
  return { killAfter, signal, after: duration(limit), command };
}

function trapSignals(process: Process, signal: Signal): void {
  for (const trapped of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.QUIT, signal]) {
    if (trapped !== SIGNALS.KILL && trapped !== SIGNALS.STOP)
      setDisposition(process, trapped, 'trap');
  }
}

function* waitOnce(watch: Watch): Task<void> {
  const { child, t } = watch;
  const left =
    watch.deadline === Infinity ? Infinity : Math.max(0, watch.deadline - t.process.sim.now);
  const wake: Wake = yield* userWait(t.process, {
    on: child.exited.name,
    queue: child.exited,
    timeout: left,
  });
  if (wake === 'signal') {
    const got = takeTrapped(t.process);
    if (got !== undefined) yield* cleanup(watch, got);
  } else if (wake === 'timeout' && child.state !== 'zombie') {
    watch.timedOut = true;
    yield* cleanup(watch, watch.signal);
  }
}

/** Sends the signal to the child, then to the whole group. This program itself ignores it. */
function* cleanup(watch: Watch, signal: Signal): Task<void> {
  const { t, child, foreground, killAfter } = watch;
  if (watch.verbose) {
    yield* warn(t, `sending signal ${signalName(signal)} to command ${quote(t, watch.command)}`);
  }
  const { process } = t;
  watch.deadline = Infinity;
  if (killAfter > 0) {
    watch.signal = SIGNALS.KILL;
    watch.deadline = process.sim.now + seconds(killAfter);
  }
  sendSignal(child, signal);
  if (foreground) return;
  // SIGKILL can't be ignored, so it kills this program too.
  if (signal !== SIGNALS.KILL) setDisposition(process, signal, 'ignore');
  signalGroup(process, signal);
  if (signal !== SIGNALS.KILL && signal !== SIGNALS.CONT) {
    sendSignal(child, SIGNALS.CONT);
    signalGroup(process, SIGNALS.CONT);
  }
  checkSignals(process);
}

function signalGroup(process: Process, signal: Signal): void {
  for (const member of process.sim.processes.values()) {
    if (member.pgid === process.pgid) sendSignal(member, signal);
  }
}

export const timeout: Program = tool(main);
