// read.ts — read [-r] [-a array] [-d delimiter] [-n count] [-p prompt] [-t seconds] [-u fd] [name …]
import type { Task } from '@dmsim/sim';
import { NotSupported, strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { assignArray } from '../expand/assign.ts';
import { setNamed, splitElement } from '../expand/subscript.ts';
import { complain } from '../messages.ts';
import { getParameter, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt, wrongNumber } from './internal-getopt.ts';
import { readLine } from './read-line.ts';
import { splitFields } from './split-fields.ts';

interface Request {
  readonly raw: boolean;
  readonly array: string | undefined;
  readonly delimiter: string;
  readonly count: number;
  readonly exact: boolean;
  readonly fd: number;
  /** In seconds; Infinity for none. */
  readonly timeout: number;
  readonly names: readonly string[];
}

export const read: Builtin = function* (shell, args) {
  const request = yield* parseRequest(shell, args);
  if (typeof request === 'number') return request;
  const { fd, names } = request;
  const bad = names.find((name) => !isName(splitElement(name)?.name ?? name));
  if (bad !== undefined) {
    yield* complain(shell, `read: \`${bad}': not a valid identifier`);
    return 1;
  }
  const file = shell.fds.get(fd);
  if (file === undefined) {
    yield* complain(shell, `read: ${fd}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  shell.busy = 0;
  if (request.count === 0) return (yield* store(shell, request, '')) ? 0 : 1;
  return yield* readFrom(shell, file, request);
};

function* readFrom(shell: Shell, file: OpenFile, request: Request): Task<number> {
  if (request.timeout === 0) return canRead(shell, file);
  const line = yield* readLine(shell, file, {
    delimiter: request.exact ? -1 : request.delimiter.charCodeAt(0) || 0,
    escapes: !request.raw,
    maxBytes: request.count,
    timeout: request.timeout,
  });
  if (line.error !== undefined) {
    yield* complain(shell, `read: read error: ${request.fd}: ${strerror(line.error)}`);
    return 1;
  }
  const stored = yield* store(shell, request, line.text);
  return line.timedOut ? TIMED_OUT : line.ended && stored ? 0 : 1;
}

/** 128 and the number of SIGALRM. */
const TIMED_OUT = 142;

/** `read -t 0` tells whether something can be read, and reads nothing. */
function canRead(shell: Shell, file: OpenFile): number {
  if (typeof file.seek(0, 'current') === 'number') return 0;
  throw new NotSupported(shell.file, shell.line, 'read -t 0 of what has no position');
}

function* store(shell: Shell, request: Request, text: string): Task<boolean> {
  const { raw, array, exact, names } = request;
  const ifs = getParameter(shell, 'IFS') ?? ' \t\n';
  const whole = raw ? text : text.replaceAll(/\\([^])/g, '$1');
  if (array !== undefined) {
    const elements = exact ? [whole] : splitFields(text, { ifs, raw, max: Infinity });
    yield* assignArray(shell, array, elements, false);
    return true;
  }
  if (names.length === 0) return yield* trySetVariable(shell, 'REPLY', whole);
  // -N does not split what it reads.
  const fields = exact ? [whole] : splitFields(text, { ifs, raw, max: names.length });
  for (const [i, name] of names.entries()) {
    if (!(yield* setNamed(shell, name, fields[i] ?? ''))) return false;
  }
  return true;
}

function* parseRequest(shell: Shell, args: readonly string[]): Task<Request | number> {
  // -e, -i, -p and -s have no effect: they are about what is typed on a terminal.
  const spec = { short: 'a:d:ei:n:N:p:rst:u:' };
  const parsed = yield* internalGetopt(shell, args, spec);
  if (typeof parsed === 'number') return parsed;
  const wrong = wrongNumber(parsed, 'nNu');
  if (wrong !== undefined) {
    const [key, value] = wrong;
    const what = key === 'u' ? 'invalid file descriptor specification' : 'invalid number';
    yield* complain(shell, `read: ${value}: ${what}`);
    return 1;
  }
  const { given, operands: names } = parsed;
  const last = new Map(given);
  const timeout = last.get('t');
  if (timeout !== undefined && !/^(?:\d*(?:\.\d*)?|-0*(?:\.\d*)?)$/.test(timeout)) {
    yield* complain(shell, `read: ${timeout}: invalid timeout specification`);
    return 1;
  }
  const [countKey, count] = given.findLast(([key]) => key === 'n' || key === 'N') ?? [
    'n',
    Infinity,
  ];
  return {
    raw: last.has('r'),
    array: last.get('a'),
    delimiter: (last.get('d') ?? '\n').charAt(0),
    count: Number(count),
    exact: countKey === 'N',
    fd: Number(last.get('u') ?? 0),
    timeout: timeout === undefined ? usualTimeout(shell) : Number(`0${timeout.replace('-', '')}`),
    names,
  };
}

/** $TMOUT, in seconds. */
function usualTimeout(shell: Shell): number {
  const seconds = Number(getParameter(shell, 'TMOUT') ?? 0);
  return seconds > 0 ? seconds : Infinity;
}
