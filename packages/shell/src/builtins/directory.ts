// directory.ts — cd, pwd
import type { ParsedOptions } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import { resolvePath } from '@dmsim/vfs';

import { complain, printOutput } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { createVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const changeDirectory: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'LP', refused: 'e@' });
  if (typeof parsed === 'number') return parsed;
  const [word, extra] = parsed.operands;
  if (extra !== undefined) {
    yield* complain(shell, 'cd: too many arguments');
    return 1;
  }
  const target = getParameterFor(shell, word);
  if (target === undefined) {
    yield* complain(shell, `cd: ${word === '-' ? 'OLDPWD' : 'HOME'} not set`);
    return 1;
  }
  const found = word === undefined || word === '-' ? undefined : searchDirectory(shell, target);
  const status = yield* goTo(shell, 'cd', found ?? target, isPhysical(parsed));
  return status === 0 && (word === '-' || (found !== undefined && found !== target))
    ? yield* printOutput(shell, 'cd', `${shell.cwd}\n`)
    : status;
};

/** The directory of this name in one of $CDPATH, an empty one of which stands for the current directory. */
function searchDirectory(shell: Shell, target: string): string | undefined {
  const directories = getParameter(shell, 'CDPATH') ?? '';
  if (directories === '' || /^(?:\/|\.\.?(?:\/|$))/.test(target)) return undefined;
  return directories
    .split(':')
    .map((directory) => (directory === '' ? target : `${directory}/${target}`))
    .find((path) => typeof directoryAt(shell, path) === 'string');
}

/** Enters a directory. `name` is the builtin that messages name. */
export function* goTo(shell: Shell, name: string, target: string, physical = false): Task<number> {
  const path = directoryAt(shell, target);
  if (typeof path !== 'string') {
    yield* complain(shell, `${name}: ${target}: ${strerror(path.error)}`);
    return 1;
  }
  enter(shell, physical ? path : logicalPath(shell.cwd, target));
  return 0;
}

/** The last of -L and -P counts. */
const isPhysical = ({ given }: ParsedOptions): boolean => given.at(-1)?.[0] === 'P';

function getParameterFor(shell: Shell, word: string | undefined): string | undefined {
  if (word === undefined) return getParameter(shell, 'HOME');
  return word === '-' ? getParameter(shell, 'OLDPWD') : word;
}

/** The path of a directory, with symlinks resolved. An empty target means the current directory. */
function directoryAt(shell: Shell, target: string): string | { readonly error: Errno } {
  const resolved = resolvePath(target === '' ? '.' : target, shell);
  if (typeof resolved === 'string') return { error: resolved };
  if (resolved.node === undefined) return { error: 'ENOENT' };
  return resolved.node.kind === 'directory' ? resolved.path : { error: 'ENOTDIR' };
}

/** Returns the path as written, without `.` and `..`; symlinks are not resolved. */
function logicalPath(cwd: string, target: string): string {
  const names: string[] = [];
  for (const name of (target.startsWith('/') ? target : `${cwd}/${target}`).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

function enter(shell: Shell, path: string): void {
  for (const [name, value] of [
    ['OLDPWD', shell.cwd],
    ['PWD', path],
  ] as const) {
    const variable = shell.variables.get(name) ?? createVariable();
    variable.value = value;
    variable.exported = true;
    shell.variables.set(name, variable);
  }
  shell.cwd = path;
}

export const printDirectory: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'LP' });
  if (typeof parsed === 'number') return parsed;
  if (isPhysical(parsed)) {
    const resolved = resolvePath(shell.cwd, shell);
    const path = typeof resolved === 'string' ? shell.cwd : resolved.path;
    return yield* printOutput(shell, 'pwd', `${path}\n`);
  }
  return yield* printOutput(shell, 'pwd', `${shell.cwd}\n`);
};
