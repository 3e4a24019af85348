// hash.ts — hash [-r] [-d] [-t] [-p PATH] [name …]: where the shell remembers programs to be. Mirrors builtins/hash.def: hash_builtin.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';

import { complain, printOutput } from '../messages.ts';
import { searchPath } from '../run/programs.ts';
import type { Shell } from '../shell.ts';
import { isBuiltin } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const hash: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'rdtp:', refused: 'l' });
  if (typeof parsed === 'number') return parsed;
  const { given, operands: names } = parsed;
  const keys = given.map(([key]) => key);
  if (keys.includes('r')) shell.hashed.clear();
  if (names.length === 0) return yield* withoutNames(shell, keys);
  const path = given.findLast(([key]) => key === 'p')?.[1];
  let status = 0;
  for (const name of names) {
    const wrong = yield* keys.includes('t')
      ? tell(shell, name, names.length > 1)
      : change(shell, name, { forget: keys.includes('d'), path });
    if (wrong === null) continue;
    yield* complain(shell, `hash: ${wrong}`);
    status = 1;
  }
  return status;
};

function* withoutNames(shell: Shell, keys: readonly string[]): Task<number> {
  const key = keys.find((one) => one === 't' || one === 'd');
  if (key !== undefined) {
    yield* complain(shell, `hash: -${key}: option requires an argument`);
    return 1;
  }
  if (keys.includes('r')) return 0;
  if (shell.hashed.size === 0) return yield* printOutput(shell, 'hash', 'hash: hash table empty\n');
  throw new NotSupported(shell.file, shell.line, 'hash without a name');
}

/** Prints where the program is remembered to be. Returns the message if it isn't. */
function* tell(shell: Shell, name: string, many: boolean): Task<string | null> {
  const path = shell.hashed.get(name);
  if (path === undefined) return `${name}: not found`;
  yield* printOutput(shell, 'hash', many ? `${name}\t${path}\n` : `${path}\n`);
  return null;
}

interface Change {
  readonly forget: boolean;
  /** The path given for the program; without one it is looked for. */
  readonly path: string | undefined;
}

function* change(shell: Shell, name: string, { forget, path }: Change): Task<string | null> {
  if (forget) return shell.hashed.delete(name) ? null : `${name}: not found`;
  if (path !== undefined) {
    const { root, cwd } = shell;
    const node = lookupPath(path, { root, cwd });
    if (typeof node !== 'string' && node.kind === 'directory') return `${path}: Is a directory`;
    shell.hashed.set(name, path);
    return null;
  }
  if (name.includes('/') || isBuiltin(shell, name) || shell.functions.has(name)) return null;
  const found = searchPath(shell, name);
  if (found.kind === 'error') return `${name}: not found`;
  shell.hashed.set(name, found.path);
  return null;
}
