// ps-columns.ts — The columns of ps(1), and its complaints.
import { Failure } from '@dmsim/coreutils';
import type { Process } from '@dmsim/sim';

import { commOf, groupOf, stateOf, threadsOf } from '../tree/proc-status.ts';

/** A column: its title, its width unless it is the last one, and on which side its texts stand. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly text: (process: Process) => string;
}

const defunct = (process: Process): string => (process.state === 'zombie' ? ' <defunct>' : '');

const comm = (process: Process): string => commOf(process) + defunct(process);

/** Of a zombie only the name is left. */
const args = (process: Process): string =>
  process.state === 'zombie' || process.args.length === 0
    ? `[${commOf(process)}]${defunct(process)}`
    : process.args.join(' ');

/** The state, and `l` if the process has several threads. */
const stat = (process: Process): string =>
  stateOf(process)[0] + (threadsOf(process).length > 1 ? 'l' : '');

const number = (title: string, width: number, of: (process: Process) => number): Column => ({
  title,
  width,
  right: true,
  text: (process) => String(of(process)),
});

const text = (title: string, width: number, of: (process: Process) => string): Column => ({
  title,
  width,
  right: false,
  text: of,
});

const COMM = text('COMMAND', 15, comm);
const ARGS = text('COMMAND', 27, args);
const PID = number('PID', 5, ({ pid }) => pid);

/** Of a machine whose lab runs below init, without a terminal. */
export const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['pid', PID],
  ['tgid', { ...PID, title: 'TGID' }],
  ['ppid', number('PPID', 5, ({ ppid }) => ppid)],
  ['pgid', number('PGID', 5, groupOf)],
  ['pgrp', number('PGRP', 5, groupOf)],
  ['uid', number('UID', 5, () => 0)],
  ['user', text('USER', 8, () => 'root')],
  ['tty', text('TT', 8, () => '?')],
  ['tt', text('TT', 8, () => '?')],
  ['nlwp', number('NLWP', 4, (process) => threadsOf(process).length)],
  ['thcount', number('THCNT', 5, (process) => threadsOf(process).length)],
  ['stat', text('STAT', 4, stat)],
  ['s', text('S', 1, (process) => stateOf(process)[0])],
  ['state', text('S', 1, (process) => stateOf(process)[0])],
  ['comm', COMM],
  ['ucmd', { ...COMM, title: 'CMD' }],
  ['ucomm', COMM],
  ['args', ARGS],
  ['command', ARGS],
  ['cmd', { ...ARGS, title: 'CMD' }],
]);

/** Those of `ps -p PID`. A process that waits uses no time to speak of. */
export const USUAL_COLUMNS: readonly Column[] = [
  PID,
  text('TTY', 8, () => '?'),
  { title: 'TIME', width: 8, right: true, text: () => '00:00:00' },
  { ...COMM, title: 'CMD' },
];

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
