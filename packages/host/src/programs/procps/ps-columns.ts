// ps-columns.ts — The columns of ps(1), and its error messages.
import { Failure } from '@dmsim/coreutils';

import type { Listed } from './process-list.ts';

/** A column: its title, its width unless it is the last one, and on which side its texts stand. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly text: (of: Listed) => string;
}

const defunct = ({ stat }: Listed): string => (stat.startsWith('Z') ? ' <defunct>' : '');

const comm = (of: Listed): string => of.comm + defunct(of);

/** A zombie and a kernel thread show only their name. */
const args = (of: Listed): string => (of.args === '' ? `[${of.comm}]${defunct(of)}` : of.args);

const number = (title: string, width: number, of: (process: Listed) => number): Column => ({
  title,
  width,
  right: true,
  text: (process) => String(of(process)),
});

const text = (title: string, width: number, of: (process: Listed) => string): Column => ({
  title,
  width,
  right: false,
  text: of,
});

/** Values that nobody can predict on Linux. They are the same for every process here. */
const figure = (title: string, width: number, value: string): Column => ({
  title,
  width,
  right: true,
  text: () => value,
});

/** The figures of /proc/PID/status for a small program. A kernel thread has no memory of its own. */
const memory = (title: string, width: number, kb: number): Column =>
  number(title, width, ({ args: line }) => (line === '' ? 0 : kb));

const COMM = text('COMMAND', 15, comm);
const ARGS = text('COMMAND', 27, args);
const PID = number('PID', 5, ({ pid }) => pid);
const PPID = number('PPID', 5, ({ ppid }) => ppid);
const USER = text('USER', 8, () => 'root');
const TTY = text('TTY', 8, () => '?');
const STAT = text('STAT', 4, ({ stat }) => stat);
const STATE = text('S', 1, ({ stat }) => stat.slice(0, 1));
const VSZ = memory('VSZ', 6, 2492);
const RSS = memory('RSS', 5, 1416);
const NICE = figure('NI', 3, '0');

/** The values on a machine whose lab runs below init, without a terminal. */
export const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['pid', PID],
  ['tgid', { ...PID, title: 'TGID' }],
  ['ppid', PPID],
  ['pgid', number('PGID', 5, ({ pgid }) => pgid)],
  ['pgrp', number('PGRP', 5, ({ pgid }) => pgid)],
  ['uid', number('UID', 5, () => 0)],
  ['user', USER],
  ['euser', { ...USER, title: 'EUSER' }],
  ['ruser', { ...USER, title: 'RUSER' }],
  ['group', text('GROUP', 8, () => 'root')],
  ['tty', { ...TTY, title: 'TT' }],
  ['tt', { ...TTY, title: 'TT' }],
  ['nlwp', number('NLWP', 4, ({ threads }) => threads)],
  ['thcount', number('THCNT', 5, ({ threads }) => threads)],
  ['stat', STAT],
  ['s', STATE],
  ['state', STATE],
  ['ni', NICE],
  ['nice', NICE],
  ['comm', COMM],
  ['ucmd', { ...COMM, title: 'CMD' }],
  ['ucomm', COMM],
  ['args', ARGS],
  ['command', ARGS],
  ['cmd', { ...ARGS, title: 'CMD' }],
]);

/** A process that waits uses no time to speak of. */
const TIME = figure('TIME', 8, '00:00:00');
const SHORT_TIME = figure('TIME', 6, '0:00');
const ARGS_AS_CMD = { ...ARGS, title: 'CMD' };

/** The columns of `ps` without -o. `started` is the time of day, `00:28`, shown for all processes. */
export function columnsOf(format: Format, started: string): readonly Column[] {
  switch (format) {
    case 'usual':
      return [PID, TTY, TIME, { ...COMM, title: 'CMD' }];
    case 'full': {
      const uid = { ...USER, title: 'UID' };
      const cpu = figure('C', 2, '0');
      return [uid, PID, PPID, cpu, figure('STIME', 5, started), TTY, TIME, ARGS_AS_CMD];
    }
    case 'bsd':
      return [PID, TTY, STAT, SHORT_TIME, ARGS];
    case 'user': {
      const figures = [figure('%CPU', 4, '0.0'), figure('%MEM', 4, '0.1'), VSZ, RSS];
      return [USER, PID, ...figures, TTY, STAT, figure('START', 5, started), SHORT_TIME, ARGS];
    }
  }
}

/** `ps`, `ps -f`, `ps x`, `ps u`. */
export type Format = 'usual' | 'full' | 'bsd' | 'user';

export function badPs(message: string): never {
  throw new Failure(`error: ${message}\n\n${USAGE}`, 1);
}

const USAGE = `Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;
