// mapfile.ts — mapfile, readarray [-t] [-n count] [-O origin] [-s count] [-C callback] [-c quantum] [-d delimiter] [-u fd] [name]
import { decodeBytes } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { readAll } from '@dmsim/vfs';

import { assignArray, assignElement } from '../expand/assign.ts';
import { singleQuote } from '../expand/quote.ts';
import { complain } from '../messages.ts';
import { runText } from '../run/script.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt, wrongNumber } from './internal-getopt.ts';

interface Request {
  readonly name: string;
  readonly options: ReadonlyMap<string, string>;
  readonly number: (key: string) => number;
}

export const mapfile: Builtin = function* (shell, args) {
  const request = yield* parseRequest(shell, args);
  if (typeof request === 'number') return request;
  const { options, number } = request;
  const file = shell.fds.get(number('u'));
  if (file === undefined) {
    const fd = number('u');
    yield* complain(shell, `${args[0]}: ${fd}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  const bytes = yield* readAll(shell.process, file, { untilError: true });
  const text = typeof bytes === 'string' ? '' : decodeBytes(bytes);
  const delimiter = (options.get('d') ?? '\n').charAt(0) || '\0';
  const lines = linesOf(text, delimiter, options.has('t'));
  const skip = number('s');
  const count = number('n');
  yield* store(shell, request, lines.slice(skip, count > 0 ? skip + count : undefined));
  return 0;
};

const WRONG: Readonly<Record<string, string>> = {
  O: 'invalid array origin',
  c: 'invalid callback quantum',
  u: 'invalid file descriptor specification',
};

const isZero = ([key, value]: readonly [string, string]): boolean =>
  key === 'c' && Number(value) === 0;

function* parseRequest(shell: Shell, args: readonly string[]): Task<Request | number> {
  const parsed = yield* internalGetopt(shell, args, { short: 'C:O:c:d:n:s:tu:' });
  if (typeof parsed === 'number') return parsed;
  const { operands, given } = parsed;
  const wrong = wrongNumber(parsed, 'Ocnsu') ?? given.find(isZero);
  if (wrong !== undefined) {
    const [key, value] = wrong;
    yield* complain(shell, `${args[0]}: ${value}: ${WRONG[key] ?? 'invalid line count'}`);
    return 1;
  }
  const name = operands[0] ?? 'MAPFILE';
  if (!isName(name)) {
    yield* complain(shell, `${args[0]}: \`${name}': not a valid identifier`);
    return 1;
  }
  const options = new Map(given);
  return { name, options, number: (key) => Number(options.get(key) ?? 0) };
}

/** With -O, elements that no line takes the place of stay. */
function* store(shell: Shell, request: Request, lines: readonly string[]): Task<void> {
  const { name, options, number } = request;
  const callback = options.get('C');
  if (callback === undefined && !options.has('O')) {
    yield* assignArray(shell, name, lines, false);
    return;
  }
  if (!options.has('O')) yield* assignArray(shell, name, [], false);
  const every = options.has('c') ? number('c') : 5000;
  for (const [i, line] of lines.entries()) {
    const key = String(number('O') + i);
    if (callback !== undefined && (i + 1) % every === 0)
      yield* callBack(shell, `${callback} ${key} ${singleQuote(line)}`);
    yield* assignElement(shell, { name, key, value: line, append: false });
  }
}

/** Runs -C before the line becomes an element. */
function* callBack(shell: Shell, text: string): Task<void> {
  yield* runText(shell, text, { name: shell.file, firstLine: shell.line });
}

/** Each line keeps its delimiter, unless `trim` is set. The last one may have none. A value ends at a NUL, which may be the delimiter. */
function linesOf(text: string, delimiter: string, trim: boolean): string[] {
  const pieces = text.split(delimiter);
  const rest = pieces.pop() ?? '';
  const lines = pieces.map((line) => untilNul(trim ? line : line + delimiter));
  return rest === '' ? lines : [...lines, untilNul(rest)];
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
