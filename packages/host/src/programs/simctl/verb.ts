// verb.ts — The contract of a verb of simctl: its lines of help, and its function.
import type { ScsiDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { Failure } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';

export interface Call {
  readonly t: Tool;
  readonly machine: Machine;
  readonly verb: string;
  readonly args: readonly string[];
}

export interface Verb {
  readonly name: string;
  /** The forms of the verb: the `ARGUMENTS` of each one, and its effect. */
  readonly help: readonly (readonly [usage: string, what: string])[];
  /** Returns a task if it has to read a file. */
  readonly run: (call: Call) => void | Task<void>;
}

/** Ends the program: `simctl VERB: message`. */
export function failCall({ t, verb }: Call, message: string): never {
  throw new Failure(`${t.name} ${verb}: ${message}\n`, 1);
}

/** Ends a wrong call with `message` and the possible forms. */
export function failForm(call: Call, { help }: Verb, message: string): never {
  const { t, verb } = call;
  const forms = help.map(([usage]) => `  ${t.name} ${verb} ${usage}\n`).join('');
  throw new Failure(`${t.name} ${verb}: ${message}; it is\n${forms}`, 2);
}

/** `sda`, `/dev/sda` or `2:0:0:0`. */
export function scsiDisk(call: Call, word: string): ScsiDevice {
  const name = textOf(word).replace(/^\/dev\//, '');
  const devices = [...call.machine.scsi.hosts.values()].flatMap((host) => host.devices);
  const found = devices.find((sdev) => sdev.disk?.name === name || sdev.name === name);
  if (found !== undefined) return found;
  const other = [...call.machine.layer.devices.values()].some((disk) => disk.name === name);
  if (!other) failCall(call, `${word}: no such disk`);
  return failCall(
    call,
    `${word}: not a SCSI disk; ram disks take no time, null_blk has parameters`,
  );
}
