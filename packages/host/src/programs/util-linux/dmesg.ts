// dmesg.ts — dmesg(1): the kernel's log, in virtual time since boot. The options of util-linux; what is said of a wrong one is busybox's.
import { refuse, Failure, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { LogLine, Task } from '@dmsim/sim';
import { formatSeconds } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Userland } from '../../userland.ts';

const USAGE = `BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.

Usage: dmesg [-cr] [-n LEVEL] [-s SIZE]

Print or control the kernel ring buffer

	-c		Clear ring buffer after printing
	-n LEVEL	Set console logging level
	-s SIZE		Buffer size
	-r		Print raw message buffer
`;

/** The last line of the log that was cleared, and is not shown any more. */
interface Cleared {
  line: LogLine | null;
}

export function dmesgProgram(machine: Userland): Program {
  const cleared: Cleared = { line: null };
  return tool((t) => main(t, machine, cleared));
}

/** The options of util-linux and their values. */
const OPTIONS: OptionTable = {
  short: 'CcDdEeF:f:HhiJkL::l:n:PprSs:TtuVWwx',
  long: {
    clear: 'C',
    'read-clear': 'c',
    notime: 't',
    'console-level': 'n:',
    'console-off': 'D',
    'console-on': 'E',
    'buffer-size': 's:',
    raw: 'r',
    ...Object.fromEntries(
      (
        'color:: decode facility: file: follow follow-new force-prefix help human json kernel level: noescape nopager ' +
        'reltime show-delta ctime since: syslog time-format: until: userspace version'
      )
        .split(' ')
        .map((name) => [name.replace(/:+$/, ''), `--${name}`]),
    ),
  },
};
/** There is no console, so its level has no effect. */
const CONSOLE: ReadonlySet<string> = new Set(['n', 'D', 'E']);
const DONE: ReadonlySet<string> = new Set(['C', 'c', 't']);

function* main(t: Tool, { sim }: Userland, cleared: Cleared): Task<number> {
  const { given, error } = getopt(t.args, OPTIONS);
  const keys = given.map(([key]) => key);
  const refused = keys.find((key) => !CONSOLE.has(key) && !DONE.has(key));
  if (refused !== undefined) refuse(t, refused.replace(/^(?=[^-])/, '-'));
  if (error !== undefined) throw new Failure(`dmesg: ${error.message}\n${USAGE}`, 1);
  if (keys.some((key) => CONSOLE.has(key))) return 0;
  const from = cleared.line === null ? 0 : sim.log.indexOf(cleared.line) + 1;
  const format = keys.includes('t') ? ({ text }: LogLine) => `${text}\n` : formatLine;
  if (!keys.includes('C')) for (const line of sim.log.slice(from)) t.out.put(format(line));
  if (keys.includes('c') || keys.includes('C')) cleared.line = sim.log.at(-1) ?? null;
  return 0;
}

/** Prints the time before each line of the text. */
function formatLine({ at, text }: LogLine): string {
  const time = formatSeconds(at).padStart(12);
  return text
    .split('\n')
    .map((line) => `[${time}] ${line}\n`)
    .join('');
}
