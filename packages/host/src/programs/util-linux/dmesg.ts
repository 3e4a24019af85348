// dmesg.ts — dmesg(1) of busybox: the kernel's log, in virtual time since boot.
import { refuse, Failure, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
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

function* main(t: Tool, { sim }: Userland, cleared: Cleared): Task<number> {
  const parsed = getopt(t.args, { short: 'cs:n:r', long: {} });
  if (parsed.error !== undefined) throw new Failure(`dmesg: ${parsed.error.message}\n${USAGE}`, 1);
  const keys = new Set(parsed.given.map(([key]) => key));
  // There is no console, so its level has no effect.
  if (keys.has('n')) return 0;
  for (const key of ['r', 's']) if (keys.has(key)) refuse(t, `-${key}`);
  const from = cleared.line === null ? 0 : sim.log.indexOf(cleared.line) + 1;
  for (const line of sim.log.slice(from)) t.out.put(formatLine(line));
  if (keys.has('c')) cleared.line = sim.log.at(-1) ?? null;
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
