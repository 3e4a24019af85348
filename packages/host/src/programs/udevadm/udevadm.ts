// udevadm.ts — udevadm(8) 252: waits for udevd, triggers uevents, prints what udev knows about a device, and shows uevents as they come.
import { refuse, Failure, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { getopt } from '@dmsim/libc';
import type { OptionTable, ParsedOptions } from '@dmsim/libc';
import type { Task, WaitQueue } from '@dmsim/sim';
import {
  checkSignals,
  createWaitQueue,
  seconds,
  setDisposition,
  SIGNALS,
  userWait,
  wakeUp,
} from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { settle } from '../../udev/devd.ts';
import type { ProcessedUevent } from '../../udev/udev.ts';
import { isIdle } from '../../udev/udev.ts';
import type { NumberedUevent } from '../../uevent-bus.ts';
import { info, INFO } from './info.ts';
import { trigger, TRIGGER } from './trigger.ts';
import { deviceTypeOf, formatProcessed, formatUevent, subsystemOf } from './uevent.ts';

export function udevadmProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

const SETTLE: OptionTable = {
  short: 't:E:s:e:q',
  long: {
    timeout: 't:',
    'exit-if-exists': 'E:',
    'seq-start': 's:',
    'seq-end': 'e:',
    quiet: 'q',
  },
};

const MONITOR: OptionTable = {
  short: 'pekus:t:',
  long: {
    property: 'p',
    environment: 'e',
    kernel: 'k',
    udev: 'u',
    'subsystem-match': 's:',
    'tag-match': 't:',
  },
};

const CONTROL: OptionTable = {
  short: 'esSRl:p:m:t:',
  long: {
    exit: 'e',
    'stop-exec-queue': 's',
    'start-exec-queue': 'S',
    reload: 'R',
    'reload-rules': 'R',
    'log-level': 'l:',
    'log-priority': 'l:',
    property: 'p:',
    env: 'p:',
    'children-max': 'm:',
    timeout: 't:',
    ping: 'ping',
  },
};

const REFUSED: ReadonlySet<string> = new Set([
  'help',
  'hwdb',
  'test',
  'test-builtin',
  'lock',
  'wait',
]);

function* main(t: Tool, machine: Machine): Task<number> {
  const [verb, ...args] = t.args;
  switch (verb) {
    case undefined:
      throw new Failure('Command verb required.\n', 1);
    case '-V':
    case '--version':
    case 'version':
      t.out.put('252\n');
      return 0;
    case 'control':
      return control(t, machine, parse(t, 'control', CONTROL, args));
    case 'settle':
      return yield* settleEvents(t, machine, parse(t, 'settle', SETTLE, args));
    case 'info':
      return info(t, machine, parse(t, 'info', INFO, args));
    case 'trigger':
      if (trigger(t, machine, parse(t, 'trigger', TRIGGER, args))) yield* settle(machine, Infinity);
      return 0;
    case 'monitor':
      return yield* monitor(t, machine, monitorOptions(t, parse(t, 'monitor', MONITOR, args)));
    default:
      if (REFUSED.has(verb) || verb.startsWith('-')) refuse(t, verb);
      throw new Failure(`Unknown command verb ${verb}.\n`, 1);
  }
}

/** Tells udevd to begin no further event, or to go on. Reading its rules again changes nothing: they are built in. */
function control(t: Tool, { udev }: Machine, { given, operands }: ParsedOptions): number {
  if (!udev.running) refuse(t, 'udevadm control without udevd (begin the lab with #udev)');
  if (operands.length > 0) throw new Failure(`Extraneous argument: ${operands[0]}\n`, 1);
  if (given.length === 0) throw new Failure('This command expects one or more options.\n', 1);
  for (const [key] of given) {
    if (key === 's' || key === 'S') udev.stopped = key === 's';
    else if (key !== 'R' && key !== 't' && key !== 'ping') refuse(t, `udevadm control -${key}`);
  }
  wakeUp(udev.processed);
  return 0;
}

const SETTLE_TIMEOUT = 120;

/** Waits for events. Returns 1 if some are unfinished after `-t` seconds. */
function* settleEvents(t: Tool, machine: Machine, { given }: ParsedOptions): Task<number> {
  const old = given.find(([key]) => 'seq'.includes(key));
  if (old !== undefined) refuse(t, `udevadm settle -${old[0]}`);
  const limit = given.findLast(([key]) => key === 't')?.[1] ?? String(SETTLE_TIMEOUT);
  yield* settle(machine, seconds(Number.parseInt(limit, 10) || 0));
  checkSignals(t.process);
  if (isIdle(machine.udev)) return 0;
  throw new Failure('Timed out for waiting the udev queue being empty.\n', 1);
}

function parse(
  t: Tool,
  verb: string,
  { short, long }: OptionTable,
  args: readonly string[],
): ParsedOptions {
  const table = { short: `${short}hV`, long: { ...long, help: 'h', version: 'V' } };
  const parsed = getopt(args, table);
  const about = parsed.given.find(([key]) => key === 'h' || key === 'V');
  if (about !== undefined) refuse(t, `udevadm ${verb} -${about[0]}`);
  if (parsed.error !== undefined) throw new Failure(`${verb}: ${parsed.error.message}\n`, 1);
  return parsed;
}

interface Monitor {
  /** The events to print, as text: a device may be gone when its event is printed. */
  readonly lines: string[];
  readonly arrived: WaitQueue;
}

interface MonitorOptions {
  readonly kernel: boolean;
  readonly udev: boolean;
  readonly properties: boolean;
  readonly subsystems: readonly string[];
}

function monitorOptions(t: Tool, { given }: ParsedOptions): MonitorOptions {
  const has = (key: string): boolean => given.some(([k]) => k === key);
  if (has('t')) refuse(t, 'udevadm monitor --tag-match');
  return {
    kernel: has('k') || !has('u'),
    udev: has('u') || !has('k'),
    properties: has('p') || has('e'),
    subsystems: given.filter(([key]) => key === 's').map(([, value]) => value),
  };
}

/** Prints events until SIGINT or SIGTERM, which end it with status 0. */
function* monitor(t: Tool, machine: Machine, options: MonitorOptions): Task<number> {
  const { kernel, udev } = options;
  t.out.put('monitor will print the received events for:\n');
  if (udev) t.out.put('UDEV - the event which udev sends out after rule processing\n');
  if (kernel) t.out.put('KERNEL - the kernel uevent\n');
  t.out.put('\n');
  const { process } = t;
  for (const signal of [SIGNALS.INT, SIGNALS.TERM]) setDisposition(process, signal, 'trap');
  const { lines, arrived, stop } = listen(machine, options);
  try {
    for (;;) {
      for (const line of lines.splice(0)) t.out.put(line);
      yield* t.out.flush();
      if (process.pending.length > 0) return 0;
      const wait = { on: arrived.name, queue: arrived, timeout: Infinity };
      if ((yield* userWait(process, wait)) === 'signal') return 0;
    }
  } finally {
    stop();
  }
}

function listen(
  machine: Machine,
  { kernel, udev, properties, subsystems }: MonitorOptions,
): Monitor & { readonly stop: () => void } {
  const lines: string[] = [];
  const arrived = createWaitQueue('uevents');
  const show = (event: NumberedUevent, source: 'KERNEL' | 'UDEV'): void => {
    if (!matches(event, subsystems)) return;
    lines.push(formatUevent(machine, event, { properties, source }));
    wakeUp(arrived);
  };
  const ofKernel = (event: NumberedUevent): void => {
    if (kernel) show(event, 'KERNEL');
    // udevd has rules for block devices only, and passes all other events on at once.
    if (udev && machine.udev.running && subsystemOf(event) !== 'block') show(event, 'UDEV');
  };
  const ofUdev = (processed: ProcessedUevent): void => {
    if (!udev || !matches(processed, subsystems)) return;
    const event = { ...processed, at: machine.sim.now };
    lines.push(
      properties
        ? formatProcessed(machine, event)
        : formatUevent(machine, event, { properties, source: 'UDEV' }),
    );
    wakeUp(arrived);
  };
  machine.uevents.listeners.add(ofKernel);
  machine.udev.listeners.add(ofUdev);
  const stop = (): void => {
    machine.uevents.listeners.delete(ofKernel);
    machine.udev.listeners.delete(ofUdev);
  };
  return { lines, arrived, stop };
}

/** `SUBSYSTEM` or `SUBSYSTEM/DEVTYPE` */
function matches(event: NumberedUevent, subsystems: readonly string[]): boolean {
  if (subsystems.length === 0) return true;
  const subsystem = subsystemOf(event);
  const typed = `${subsystem}/${deviceTypeOf(event)}`;
  return subsystems.some((word) => word === subsystem || word === typed);
}
