// mapfile.ts — mapfile, readarray [-t] [-n count] [-s count] [-d delimiter] [-u fd] [name]
import { decodeBytes } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';
import { readAll } from '@dmsim/vfs';

import { assignArray } from '../expand/assign.ts';
import { complain } from '../messages.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const mapfile: Builtin = function* (shell, args) {
  let trim = false;
  let count = 0;
  let skip = 0;
  let fd = 0;
  let delimiter = '\n';
  let i = 1;
  for (; /^-./.test(args[i] ?? ''); i++) {
    const word = args[i] as string;
    const letter = word.charAt(1);
    if (word === '-t') {
      trim = true;
      continue;
    }
    if (!/^-[nsud]/.test(word)) throw new NotSupported(shell.file, shell.line, `mapfile ${word}`);
    const value = word.length > 2 ? word.slice(2) : (args[++i] ?? '');
    if (letter === 'n') count = Number(value);
    else if (letter === 's') skip = Number(value);
    else if (letter === 'u') fd = Number(value);
    else delimiter = value.charAt(0) || '\0';
  }
  const name = args[i] ?? 'MAPFILE';
  if (!isName(name)) {
    yield* complain(shell, `${args[0]}: \`${name}': not a valid identifier`);
    return 1;
  }
  const file = shell.fds.get(fd);
  if (file === undefined) {
    yield* complain(shell, `${args[0]}: ${fd}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  const bytes = yield* readAll(shell.process, file);
  const text = typeof bytes === 'string' ? '' : decodeBytes(bytes);
  const pieces = text.split(delimiter);
  const rest = pieces.pop() ?? '';
  const lines = pieces.map((line) => (trim ? line : line + delimiter));
  if (rest !== '') lines.push(rest);
  yield* assignArray(shell, name, lines.slice(skip, count > 0 ? skip + count : undefined), false);
  return 0;
};
