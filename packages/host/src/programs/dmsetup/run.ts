// run.ts — One call of dmsetup: the machine it talks to, its switches, its streams.
import type { Tool } from '@dmsim/coreutils';
import { complain } from '@dmsim/coreutils';
import type { DeviceMapper, HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { checkSignals } from '@dmsim/sim';

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
  /** `table --concise` has printed a device: the next one needs a separator. */
  conciseOutput: boolean;
  /** Of what it has done and udev hears of. */
  readonly cookies: number[];
}

/** A report that is being filled. Each answers false when a field can't be told, which it has said by then. */
export interface RowSink {
  addDevice(cell: HashCell): Task<boolean>;
  addName(split: SplitName): Task<boolean>;
  /** The finished report. */
  text(): string;
}

/** What a command is called with. */
export interface Call {
  /** Words after the command. */
  readonly args: readonly string[];
  /** The device, when a command goes through all there are: its name in the kernel. */
  readonly listed?: string;
  /** Lines are to begin with the device's name. */
  readonly multiple: boolean;
}

/** False when it failed; whoever failed has said why. */
export type CommandFn = (run: Run, call: Call) => Task<boolean> | boolean;

export function* perform(fn: CommandFn, run: Run, call: Call): Task<boolean> {
  const result = fn(run, call);
  return typeof result === 'boolean' ? result : yield* result;
}

/** log_error: a line on standard error, whatever standard output still holds back. */
export function* logError({ tool }: Run, text: string): Task<false> {
  yield* complain(tool, `${text}\n`);
  return false;
}

/** An ioctl has returned: signals that came meanwhile act now. */
export function* ioctl<T>({ tool }: Run, task: Task<T>): Task<T> {
  const result = yield* task;
  checkSignals(tool.process);
  return result;
}
