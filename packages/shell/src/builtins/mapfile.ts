// mapfile.ts — mapfile, readarray [-t] [-n count] [-s count] [-d delimiter] [-u fd] [name]
import { decodeBytes } from '@dmsim/libc';
import { readAll } from '@dmsim/vfs';

import { assignArray } from '../expand/assign.ts';
import { complain } from '../messages.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt, wrongNumber } from './internal-getopt.ts';

export const mapfile: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'd:n:s:tu:', refused: 'cCO' });
  if (typeof parsed === 'number') return parsed;
  const wrong = wrongNumber(parsed, 'nsu');
  if (wrong !== undefined) {
    const [key, value] = wrong;
    const what = key === 'u' ? 'invalid file descriptor specification' : 'invalid line count';
    yield* complain(shell, `${args[0]}: ${value}: ${what}`);
    return 1;
  }
  const { operands, given } = parsed;
  const name = operands[0] ?? 'MAPFILE';
  if (!isName(name)) {
    yield* complain(shell, `${args[0]}: \`${name}': not a valid identifier`);
    return 1;
  }
  const options = new Map(given);
  const number = (key: string): number => Number(options.get(key) ?? 0);
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
  yield* assignArray(shell, name, lines.slice(skip, count > 0 ? skip + count : undefined), false);
  return 0;
};

/** Each line keeps its delimiter, unless `trim` is set. The last one may have none. */
function linesOf(text: string, delimiter: string, trim: boolean): string[] {
  const pieces = text.split(delimiter);
  const rest = pieces.pop() ?? '';
  const lines = pieces.map((line) => (trim ? line : line + delimiter));
  return rest === '' ? lines : [...lines, rest];
}
