// commands.ts — dmsetup's commands: how many words each takes, and the function that carries it out.
import { create } from './commands/create.ts';
import { deps } from './commands/deps.ts';
import { setGeometry } from './commands/geometry.ts';
import { info } from './commands/info.ts';
import { help, ls, mknodes, splitname, targets, targetVersion, version } from './commands/list.ts';
import { load } from './commands/load.ts';
import { mangle } from './commands/mangle.ts';
import { message } from './commands/message.ts';
import { remove, removeAll, wipeTable } from './commands/remove.ts';
import { rename } from './commands/rename.ts';
import { clear, resume, suspend, wait } from './commands/simple.ts';
import { measure, status, table } from './commands/status.ts';
import {
  udevComplete,
  udevCompleteAll,
  udevCookies,
  udevCreateCookie,
  udevReleaseCookie,
} from './cookies.ts';
import type { CommandFn } from './run.ts';

export interface Command {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Carried out for each of several devices. */
  readonly repeats: boolean;
  /** udev hears of what it does, and the command may wait until udev is through with it. */
  readonly tellsUdev: boolean;
  /** It shows the devices that -S picks. */
  readonly selects: boolean;
  /** Null if dmsetup has the command and it is not simulated. */
  readonly run: CommandFn | null;
}

const command = (name: string, min: number, max: number, run: CommandFn | null): Command => ({
  name,
  min,
  max,
  repeats: max === Infinity && name !== 'message',
  tellsUdev: ['create', 'remove', 'resume', 'rename'].includes(name),
  selects: ['status', 'table', 'measure', 'deps'].includes(name),
  run,
});

export const COMMANDS: readonly Command[] = [
  command('help', 0, 0, help),
  command('create', 0, 2, create),
  command('remove', 0, Infinity, remove),
  command('remove_all', 0, 0, removeAll),
  command('suspend', 0, Infinity, suspend),
  command('resume', 0, Infinity, resume),
  command('load', 0, 2, load),
  command('clear', 0, Infinity, clear),
  command('reload', 0, 2, load),
  command('wipe_table', 0, Infinity, wipeTable),
  command('rename', 1, 2, rename),
  command('measure', 0, Infinity, measure),
  command('message', 2, Infinity, message),
  command('ls', 0, 0, ls),
  command('info', 0, Infinity, info),
  command('deps', 0, Infinity, deps),
  command('stats', 1, Infinity, null),
  command('status', 0, Infinity, status),
  command('table', 0, Infinity, table),
  command('wait', 0, 2, wait),
  command('mknodes', 0, Infinity, mknodes),
  command('mangle', 0, Infinity, mangle),
  command('udevcreatecookie', 0, 0, udevCreateCookie),
  command('udevreleasecookie', 0, 1, udevReleaseCookie),
  command('udevflags', 1, 1, null),
  command('udevcomplete', 1, 1, udevComplete),
  command('udevcomplete_all', 0, 1, udevCompleteAll),
  command('udevcookies', 0, 0, udevCookies),
  command('target-version', 1, Infinity, targetVersion),
  command('targets', 0, 0, targets),
  command('version', 0, 0, version),
  command('setgeometry', 5, 5, setGeometry),
  command('splitname', 1, 2, splitname),
];
