// running-vm.ts — The VMs of one host: which process each is, its monitor's socket, its events so far.
import { encodeUtf8 } from '@dmsim/libc';
import type { JsonObject, Vm } from '@dmsim/qemu';
import { printJson, traceVmEvent } from '@dmsim/qemu';
import type { Mutex, Nanos, Process, WaitQueue } from '@dmsim/sim';
import { createMutex, createWaitQueue, formatSeconds, wakeUp } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';
import { createFile } from '@dmsim/vfs';

import type { Guest } from '../../guest/guest.ts';

export interface VmEvent {
  readonly at: Nanos;
  readonly name: string;
  /** As QMP would send it, without the time. */
  readonly text: string;
}

export interface RunningVm {
  /** `-name`; `vm` without. */
  readonly name: string;
  readonly vm: Vm;
  /** Absolute; null without a monitor. */
  readonly socket: string | null;
  readonly events: VmEvent[];
  /** The same as a file beside the socket. */
  readonly eventFile: MemoryFile;
  /** One client at a time. */
  readonly monitor: Mutex;
  /** Something has changed that a process may wait for: the VM's end, an answer, I/O that came back. */
  readonly woken: WaitQueue;
  process: Process | null;
  /** Called once, when the process ends, however it does. */
  readonly gone: (() => void)[];
  /** Requests that the host's devices have not answered. */
  readonly hostIo: { count: number };
  /** Gone when it has ended: its socket and its pid file. */
  readonly files: readonly string[];
  guest: Guest | null;
}

/** In order of their start. */
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
    traceVmEvent(vm.sim, running.name, shortText(event, data));
    wakeUp(running.woken);
  });
  vm.exitListeners.push(() => wakeUp(running.woken));
  return running;
}

/** `BLOCK_IO_ERROR stop` */
function shortText(event: string, data: JsonObject | undefined): string {
  const action = data?.['action'] ?? data?.['status'];
  return typeof action === 'string' ? `${event} ${action}` : event;
}

function append(file: MemoryFile, text: string): void {
  const bytes = encodeUtf8(text);
  file.writeAt(file.size(), bytes);
}

/** `     1.002 {"event": …}` */
export const eventLine = ({ at, text }: VmEvent, times: boolean): string =>
  times ? `${formatSeconds(at)} ${text}\n` : `${text}\n`;
