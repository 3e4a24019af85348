// directory.ts — cd, pwd
import { strerror, NotSupported } from '@dmsim/sim';
import { resolvePath } from '@dmsim/vfs';

import { complain, printOutput } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { createVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const changeDirectory: Builtin = function* (shell, args) {
  let words = args.slice(1);
  const physical = words[0] === '-P';
  if (words[0] === '-P' || words[0] === '-L' || words[0] === '--') words = words.slice(1);
  if (words.length > 1) {
    yield* complain(shell, 'cd: too many arguments');
    return 1;
  }
  const [word] = words;
  if (word !== undefined && /^-./.test(word)) {
    throw new NotSupported(shell.file, shell.line, `cd ${word}`);
  }
  const back = word === '-';
  const target = getParameterFor(shell, word);
  if (target === undefined) {
    yield* complain(shell, `cd: ${back ? 'OLDPWD' : 'HOME'} not set`);
    return 1;
  }
  // An empty argument means the current directory.
  const resolved = resolvePath(target === '' ? '.' : target, shell);
  const error = typeof resolved === 'string' ? resolved : problem(resolved.node?.kind);
  if (error !== undefined) {
    yield* complain(shell, `cd: ${target}: ${strerror(error)}`);
    return 1;
  }
  const path = typeof resolved === 'string' ? '' : resolved.path;
  const logical = logicalPath(shell.cwd, target);
  enter(shell, physical ? path : logical);
  return back ? yield* printOutput(shell, 'cd', `${shell.cwd}\n`) : 0;
};

function getParameterFor(shell: Shell, word: string | undefined): string | undefined {
  if (word === undefined) return getParameter(shell, 'HOME');
  return word === '-' ? getParameter(shell, 'OLDPWD') : word;
}

function problem(kind: string | undefined): 'ENOENT' | 'ENOTDIR' | undefined {
  if (kind === undefined) return 'ENOENT';
  return kind === 'directory' ? undefined : 'ENOTDIR';
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
  if (args[1] === '-P') {
    const resolved = resolvePath(shell.cwd, shell);
    const path = typeof resolved === 'string' ? shell.cwd : resolved.path;
    return yield* printOutput(shell, 'pwd', `${path}\n`);
  }
  return yield* printOutput(shell, 'pwd', `${shell.cwd}\n`);
};
