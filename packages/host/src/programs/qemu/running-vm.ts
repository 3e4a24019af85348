// running-vm.ts — The VMs of one host: the process, monitor socket and events of each.
import { encodeUtf8 } from '@dmsim/libc';
import type { Vm } from '@dmsim/qemu';
import { printJson, traceVmEvent } from '@dmsim/qemu';
import type { Mutex, Nanos, Process, WaitQueue } from '@dmsim/sim';
import { createMutex, createWaitQueue, formatSeconds, wakeUp } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';
import { createFile } from '@dmsim/vfs';

import type { Guest } from '../../guest/guest.ts';

export interface VmEvent {
  readonly at: Nanos;
  readonly name: string;
  /** The event as QMP sends it, without the time. */
  readonly text: string;
}

export interface RunningVm {
  /** The value of `-name`, or `vm` without that option. */
  readonly name: string;
  readonly vm: Vm;
  /** The absolute path of the monitor's socket; null without a monitor. */
  readonly socket: string | null;
  readonly events: VmEvent[];
  /** The events as a file beside the socket. */
  readonly eventFile: MemoryFile;
  /** Held by the monitor's client, since there is one at a time. */
  readonly monitor: Mutex;
  /** Woken when something changes that a process may wait for: the VM's end, an answer, completed I/O. */
  readonly woken: WaitQueue;
  process: Process | null;
  /** Called once when the process ends, for whatever reason. */
  readonly gone: (() => void)[];
  /** Requests that the host's devices have not answered. */
  readonly hostIo: { count: number };
  /** The files to remove when the VM has ended: its socket and its pid file. */
  readonly files: readonly string[];
  guest: Guest | null;
}

/** All VMs in the order in which they started. */
export type RunningVms = Set<RunningVm>;

export function createRunningVm(
  vm: Vm,
  options: Pick<RunningVm, 'name' | 'socket' | 'hostIo' | 'files'>,
): RunningVm {
  const running: RunningVm = {
    ...options,
    vm,
    events: [],
    eventFile: createFile(),
    monitor: createMutex(`the monitor of ${options.name}`),
    woken: createWaitQueue('its guest and its monitor'),
    process: null,
    gone: [],
    guest: null,
  };
  vm.listeners.push((event, data, at) => {
    const text = printJson(data === undefined ? { event } : { event, data });
    running.events.push({ at, name: event, text });
    append(running.eventFile, `${text}\n`);
    traceVmEvent(vm.sim, running.name, { event, data });
    wakeUp(running.woken);
  });
  vm.exitListeners.push(() => wakeUp(running.woken));
  return running;
}

function append(file: MemoryFile, text: string): void {
  const bytes = encodeUtf8(text);
  file.writeAt(file.size(), bytes);
}

/** Formats an event as a line: `     1.002 {"event": …}` with `times`, else without the time. */
export const eventLine = ({ at, text }: VmEvent, times: boolean): string =>
  times ? `${formatSeconds(at)} ${text}\n` : `${text}\n`;
