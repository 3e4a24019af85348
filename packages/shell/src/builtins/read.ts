// read.ts — read [-r] [-a array] [-d delimiter] [-n count] [-p prompt] [-u fd] [name …]
import { strerror, NotSupported } from '@dmsim/sim';
import type { Task } from '@dmsim/sim';

import { assignArray } from '../expand/assign.ts';
import { complain } from '../messages.ts';
import { getParameter, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { readLine } from './read-line.ts';
import { splitFields } from './split-fields.ts';
import { invalidOption } from './usage.ts';

interface Request {
  raw: boolean;
  array: string | undefined;
  delimiter: string;
  count: number;
  exact: boolean;
  fd: number;
  names: readonly string[];
}

export const read: Builtin = function* (shell, args) {
  const request = yield* parseRequest(shell, args);
  if (typeof request === 'number') return request;
  const { raw, fd, names } = request;
  const bad = names.find((name) => !isName(name));
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
  const line = yield* readLine(shell, file, {
    delimiter: request.exact ? -1 : request.delimiter.charCodeAt(0) || 0,
    escapes: !raw,
    maxBytes: request.count,
  });
  if (line.error !== undefined) {
    yield* complain(shell, `read: read error: ${fd}: ${strerror(line.error)}`);
    return 1;
  }
  const stored = yield* store(shell, request, line.text);
  return line.ended && stored ? 0 : 1;
};

function* store(shell: Shell, request: Request, text: string): Task<boolean> {
  const { raw, array, names } = request;
  const ifs = getParameter(shell, 'IFS') ?? ' \t\n';
  if (array !== undefined) {
    yield* assignArray(shell, array, splitFields(text, { ifs, raw, max: Infinity }), false);
    return true;
  }
  if (names.length === 0) {
    return yield* trySetVariable(shell, 'REPLY', raw ? text : text.replaceAll(/\\([^])/g, '$1'));
  }
  const fields = splitFields(text, { ifs, raw, max: names.length });
  for (const [i, name] of names.entries()) {
    if (!(yield* trySetVariable(shell, name, fields[i] ?? ''))) return false;
  }
  return true;
}

function* parseRequest(shell: Shell, args: readonly string[]): Task<Request | number> {
  const request: Request = {
    raw: false,
    array: undefined,
    delimiter: '\n',
    count: Infinity,
    exact: false,
    fd: 0,
    names: [],
  };
  let i = 1;
  for (; i < args.length; i++) {
    const word = args[i] as string;
    if (word === '--') {
      i++;
      break;
    }
    if (!/^-./.test(word)) break;
    for (let k = 1; k < word.length; k++) {
      const letter = word.charAt(k);
      if (letter === 'r' || letter === 's') {
        if (letter === 'r') request.raw = true;
        continue;
      }
      if (!'adnNpu'.includes(letter)) {
        if (!'eit'.includes(letter)) return yield* invalidOption(shell, 'read', `-${letter}`);
        throw new NotSupported(shell.file, shell.line, `read -${letter}`);
      }
      const value = k + 1 < word.length ? word.slice(k + 1) : args[++i];
      if (value === undefined) {
        yield* complain(shell, `read: -${letter}: option requires an argument`);
        return 2;
      }
      setOption(request, letter, value);
      break;
    }
  }
  request.names = args.slice(i);
  return request;
}

function setOption(request: Request, letter: string, value: string): void {
  switch (letter) {
    case 'a':
      request.array = value;
      break;
    case 'd':
      request.delimiter = value.charAt(0);
      break;
    case 'n':
    case 'N':
      request.count = Number(value);
      request.exact = letter === 'N';
      break;
    case 'u':
      request.fd = Number(value);
      break;
    default:
    // -p has no effect: bash shows a prompt only on a terminal.
  }
}
