// multipathc.ts — multipathc: commands for the daemon from standard input, a line each. Mirrors multipathd/multipathc.c.
import { decodeUtf8 } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';
import type { Program, ProgramContext } from '@dmsim/vfs';

import { sendCommand } from '../daemon/command-socket.ts';
import type { MultipathHost } from '../host.ts';
import type { Output } from './output.ts';
import { withOutput } from './output.ts';

const DEFAULT_TIMEOUT = 4100;

export function multipathcProgram(host: MultipathHost): Program {
  return (context) => withOutput(context, (output) => main(host, context, output));
}

function* main(host: MultipathHost, context: ProgramContext, output: Output): Task<number> {
  const [name = '', word, ...more] = context.argv;
  if (more.length > 0) {
    output.err(`Usage: ${name} [timeout]\n`);
    return 1;
  }
  if (word !== undefined && !/^\s*\+?\d+$/.test(word)) {
    output.err('ERROR: invalid timeout value\n');
    return 1;
  }
  const timeout = word === undefined ? DEFAULT_TIMEOUT : Number(word);
  return yield* converse(host, context, { output, timeout });
}

/** Until the input ends, a line says `quit`, or the daemon answers no more. Returns the exit status. */
export function* converse(
  host: MultipathHost,
  context: ProgramContext,
  { output, timeout }: { readonly output: Output; readonly timeout: number },
): Task<number> {
  const { listener } = host.socket;
  if (listener === null) {
    output.err('ERROR: failed to connect to multipathd\n');
    return 1;
  }
  // The message of libedit for a terminal that it does not know.
  output.err('Cannot read termcap database;\nusing dumb terminal settings.\n');
  for (;;) {
    const line = yield* readLine(context);
    if (line === null || /^(?:exit|quit)$/.test(line.trim())) return 0;
    if (line === '') continue;
    if (host.socket.listener !== listener) return 0;
    const answer = yield* sendCommand(host.socket, line, timeout);
    if (answer.kind !== 'reply') return 0;
    output.out(answer.text);
  }
}

/** Without its newline; null at the end of the input. No more is read than the line. */
function* readLine({ process, fds }: ProgramContext): Task<string | null> {
  const file = fds.get(0);
  const bytes: number[] = [];
  for (;;) {
    const got = file === undefined ? 'EBADF' : yield* file.read(process, 1);
    const [byte] = typeof got === 'string' ? [] : got;
    if (byte === 0x0a) break;
    if (byte === undefined) {
      if (bytes.length === 0) return null;
      break;
    }
    bytes.push(byte);
    withinLimit(process.sim.limits, 'textLength', bytes.length);
  }
  return decodeUtf8(Uint8Array.from(bytes));
}
