// qemu.ts — qemu-system-x86_64: a process that runs a virtual machine, from its command line to its exit status.
import { refuse, Failure, fail, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { momentOf } from '@dmsim/libc';
import type {
  Chardev,
  CreateVmOptions,
  IoStatusRule,
  JobErrors,
  QemuBuild,
  RetryMode,
  RetrySettings,
} from '@dmsim/qemu';
import { closeVm, createVm, haltVm, requestShutdown } from '@dmsim/qemu';
import type { Process, Task } from '@dmsim/sim';
import {
  checkSignals,
  millis,
  sendSignal,
  setDisposition,
  SIGNALS,
  sleepFor,
  spawn,
  strerror,
  takeTrapped,
  userWait,
  waitEvent,
  wakeUp,
} from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createFile, resolvePath } from '@dmsim/vfs';

import { haltGuest } from '../../guest/guest.ts';
import type { Machine } from '../../machine.ts';
import type { HostOptions } from './host-options.ts';
import { parseHostOptions } from './host-options.ts';
import type { RunningVm } from './running-vm.ts';
import { createRunningVm } from './running-vm.ts';
import { blockDevicesOf, filesOf, locksOf } from './tree-files.ts';

const VERSION = `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)
Copyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers
`;

const HELP = `Usage: qemu-system-x86_64 [OPTION]...
Starts a simulated virtual machine. Its disks are QEMU's as far as errors go; docs/guest.md lists the options it takes.

These variables of the environment choose what QEMU 7.2 has not; Linux takes no notice of them:
  DMSIM_QEMU_BUILD=7.2|series          series: with the proposed werror=retry and iohang-timeout (default 7.2)
  DMSIM_RETRY_MODE=recorded|reviewed   reviewed: retry with what its review asked for (default recorded)
  DMSIM_RETRY_SETTINGS=drive|device    device: a device's retry_interval= and retry_timeout=, 1000 and 0 where it has
                                       none, override the drive's, as a later fix had it (default drive)
  DMSIM_IOSTATUS_RULE=merged|rfc       rfc: a second, worse error raises a job's io-status (default merged)
  DMSIM_JOB_ERRORS=merged|rfc          rfc: all that the RFC of 2012 had otherwise about jobs (default merged)
`;

export function qemuProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { argv } = t.context;
  if (t.args.some((word) => /^--?(?:h|help)$/.test(word))) {
    t.out.put(HELP);
    return 0;
  }
  if (t.args.some((word) => /^--?version$/.test(word))) {
    t.out.put(VERSION);
    return 0;
  }
  const parsed = parseHostOptions(argv);
  if (parsed.kind === 'not simulated') refuse(t, parsed.what);
  const { options } = parsed;
  const running = start(t, machine, options);
  machine.vms.add(running);
  const { process } = t;
  const { sim } = process;
  diesWithLab(running, rootOf(process));
  if (!options.daemonize) return yield* serve(process, { machine, running });
  const daemon = spawn(sim, process.name, (self) => serve(self, { machine, running }));
  writePid(t, options, daemon);
  return 0;
}

/** Creates a VM. A refusal ends the program; something not simulated ends the lab. */
function start(t: Tool, machine: Machine, options: HostOptions): RunningVm {
  const { cwd } = t.context;
  const socket = options.socket === null ? null : bind(t, options);
  let running: RunningVm | null = null;
  const hostIo = { count: 0 };
  const created = createVm(machine.sim, options.argv, {
    name: options.name,
    guestName: options.guestName,
    isHeadless: options.isHeadless,
    chardevs: chardevsOf(options),
    wallClock: () => momentOf(machine.sim),
    files: filesOf(machine, cwd),
    openBlockDevice: blockDevicesOf(machine, cwd),
    locksOfDevice: (device) => locksOf(machine, device),
    countHostIo: (change) => {
      hostIo.count += change;
      if (running !== null && hostIo.count === 0) wakeUp(running.woken);
    },
    ...variantOf(t),
  });
  if (created.kind === 'refused') {
    const { message } = created;
    if (socket !== null) unlink(machine, socket);
    if (message.includes('not simulated')) refuse(t, message.replace(/^[^:]*: /, ''));
    throw new Failure(`${message}\n`, 1);
  }
  const { vm } = created;
  const files = [socket, options.pidFile].filter((path) => path !== null);
  running = createRunningVm(vm, { name: options.name, socket, hostIo, files });
  for (const watcher of machine.vmWatchers) watcher.started(vm);
  if (socket !== null) linkAt(t, `${socket}.events`, running.eventFile);
  if (!options.daemonize) writePid(t, options, t.process);
  return running;
}

const chardevsOf = ({ chardev, socket }: HostOptions): readonly Chardev[] | null =>
  chardev === null ? null : [{ label: chardev, filename: `unix:${socket ?? ''},server=on` }];

type Variant = Pick<
  CreateVmOptions,
  'build' | 'retryMode' | 'retrySettings' | 'ioStatusRule' | 'jobErrors'
>;

function variantOf(t: Tool): Variant {
  return {
    build: choice<QemuBuild>(t, 'DMSIM_QEMU_BUILD', ['7.2', 'series']),
    retryMode: choice<RetryMode>(t, 'DMSIM_RETRY_MODE', ['recorded', 'reviewed']),
    retrySettings: choice<RetrySettings>(t, 'DMSIM_RETRY_SETTINGS', ['drive', 'device']),
    ioStatusRule: choice<IoStatusRule>(t, 'DMSIM_IOSTATUS_RULE', ['merged', 'rfc']),
    jobErrors: choice<JobErrors>(t, 'DMSIM_JOB_ERRORS', ['merged', 'rfc']),
  };
}

/** The value of an environment variable, which must be one of `values`; the first is the default. */
function choice<T extends string>(t: Tool, name: string, values: readonly [T, ...T[]]): T {
  const given = t.context.env.get(name) ?? values[0];
  const value = values.find((known) => known === given);
  return value ?? refuse(t, `${name}=${given}`);
}

/** Creates the monitor's socket and returns its absolute path. */
function bind(t: Tool, { socket, monitorOption }: HostOptions): string {
  const path = linkAt(t, socket ?? '', createFile());
  return path.startsWith('/')
    ? path
    : fail(t, `${monitorOption}: Failed to bind socket to ${socket}: ${path}`);
}

/** Creates or replaces a file. Returns its absolute path, or an error message. */
function linkAt(t: Tool, path: string, file: ReturnType<typeof createFile>): string {
  const at = resolvePath(path, t.context);
  if (typeof at === 'string') return strerror(at);
  const errno = at.parent.link(at.name, file);
  return errno === undefined ? at.path : strerror(errno);
}

function writePid(t: Tool, { pidFile }: HostOptions, { pid }: Process): void {
  if (pidFile !== null) linkAt(t, pidFile, createFile(`${pid}\n`));
}

/** The ancestor of all processes of this lab, which is its shell. */
function rootOf(process: Process): Process {
  const parent = process.sim.processes.get(process.ppid);
  return parent === undefined ? process : rootOf(parent);
}

/** Kills the VM when the lab's shell ends, because nobody is left to quit it; this is as if it had lost its console. */
function diesWithLab(running: RunningVm, shell: Process): void {
  shell.atExit.push(() => {
    if (running.process !== null) sendSignal(running.process, SIGNALS.KILL);
  });
}

/** How long QEMU waits before it ends, so that its last answers arrive. */
const LAST_WORDS = millis(1);

interface Service {
  readonly machine: Machine;
  readonly running: RunningVm;
}

function* serve(process: Process, { machine, running }: Service): Task<number> {
  const { vm, woken } = running;
  running.process = process;
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) {
    setDisposition(process, signal, 'trap');
  }
  try {
    while (vm.exit === null) {
      const wake = yield* userWait(process, { on: woken.name, queue: woken, timeout: Infinity });
      if (wake === 'signal' && takeTrapped(process) !== undefined)
        requestShutdown(vm, 'host-signal');
    }
    yield* sleepFor(LAST_WORDS);
  } finally {
    haltVm(vm);
    if (running.guest !== null) haltGuest(running.guest);
    for (const tell of running.gone) tell();
    // Waits in the D state for I/O in the host's devices, as a process does on exit.
    yield* waitEvent({ ...woken, name: 'I/O of its disks' }, () => running.hostIo.count === 0);
    closeVm(vm);
    for (const path of running.files) unlink(machine, path);
    machine.vms.delete(running);
    wakeUp(woken);
  }
  if (vm.exit.kind === 'aborted') {
    sendSignal(process, SIGNALS.ABRT);
    checkSignals(process);
  }
  return 0;
}

function unlink({ root }: Machine, path: string): void {
  const at = resolvePath(path, { root, cwd: '/' });
  if (typeof at !== 'string') at.parent.unlink(at.name);
}
