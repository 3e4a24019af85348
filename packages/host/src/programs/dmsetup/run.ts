// run.ts — One call of dmsetup: the machine it talks to, its switches, its streams.
import type { Tool } from '@dmsim/coreutils';
import { complain } from '@dmsim/coreutils';
import type { DeviceMapper, HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { checkSignals } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { SplitName } from './split-name.ts';
import type { Switches } from './switches.ts';

export interface Run {
  readonly tool: Tool;
  readonly machine: Machine;
  readonly dm: DeviceMapper;
  readonly switches: Switches;
  /** With -c: gathers rows, which are printed at the end. */
  report: RowSink | null;
  /** With -S and without -c: which devices are shown. */
  selection: DeviceFilter | null;
  /** `table --concise` has printed a device: the next one needs a separator. */
  conciseOutput: boolean;
  /** The semaphores of changes that udev hears of. */
  readonly cookies: number[];
  /** The changes to nodes that libdevmapper makes when dmsetup is done. */
  readonly nodesToAdd: { readonly name: string; readonly cell: HashCell }[];
}

/** False for a device that the selection leaves out. */
export type DeviceFilter = (cell: HashCell) => Task<boolean>;

/** A report that is being filled. The functions answer false if a field can't be shown; the error has been printed. */
export interface RowSink {
  addDevice(cell: HashCell): Task<boolean>;
  addName(split: SplitName): Task<boolean>;
  /** The finished report; the next one begins. */
  text(): string;
}

/** The arguments of a command. */
export interface Call {
  /** Words after the command. */
  readonly args: readonly string[];
  /** The device's name in the kernel, if the command goes through all devices. */
  readonly listed?: string;
  /** True if lines must begin with the device's name. */
  readonly multiple: boolean;
}

/** Whether the device is among those that -S picks. */
export const passes = ({ selection }: Run, cell: HashCell | undefined): Task<boolean> =>
  selection === null || cell === undefined ? ready(true) : selection(cell);

/** False if it failed; the error has been printed. */
export type CommandFn = (run: Run, call: Call) => Task<boolean> | boolean;

export function* perform(fn: CommandFn, run: Run, call: Call): Task<boolean> {
  const result = fn(run, call);
  return typeof result === 'boolean' ? result : yield* result;
}

/** log_error: prints a line on standard error, ahead of buffered standard output. */
export function* logError({ tool }: Run, text: string): Task<false> {
  yield* complain(tool, `${text}\n`);
  return false;
}

/** Runs an ioctl; signals that came meanwhile take effect when it returns. */
export function* ioctl<T>({ tool }: Run, task: Task<T>): Task<T> {
  const result = yield* task;
  checkSignals(tool.process);
  return result;
}
