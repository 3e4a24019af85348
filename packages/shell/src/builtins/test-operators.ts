// test-operators.ts — What `[`, `test` and `[[` ask of files, texts and variables.
import { NotSupported } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';
import type { Vnode } from '@dmsim/vfs';

import { getParameter, getValue } from '../parameters.ts';
import { optionValue } from '../shell-options.ts';
import type { Shell } from '../shell.ts';
import { elementsOf } from '../variables.ts';

const UNARY = /^-[abcdefghkLnNoOprRsStuvwxzG]$/;

export const isUnaryTest = (operator: string): boolean => UNARY.test(operator);

export function testUnary(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-v':
      return isSet(shell, operand);
    case '-o':
      return optionValue(shell, operand) === true;
    case '-t':
      // A lab's output goes to a file, as it does where it is recorded.
      return false;
    default:
      return testFile(shell, operator, operand);
  }
}

function isSet(shell: Shell, operand: string): boolean {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)\[(.*)\]$/s.exec(operand);
  if (match === null) return getParameter(shell, operand) !== undefined;
  const [, name, key] = match as unknown as [string, string, string];
  const value = getValue(shell, name);
  if (key === '@' || key === '*') return elementsOf(value).length > 0;
  if (value instanceof Map) return value.has(key);
  return Array.isArray(value)
    ? value.at(Number(key)) !== undefined
    : key === '0' && value !== undefined;
}

function testFile(shell: Shell, operator: string, path: string): boolean {
  const follow = operator !== '-L' && operator !== '-h';
  const own = /^\/dev\/(?:fd\/(\d+)|std(in|out|err))$/.exec(path);
  if (own !== null) throw new NotSupported(shell.file, shell.line, `${operator} ${path}`);
  const node = lookupPath(path, { root: shell.root, cwd: shell.cwd, follow });
  return typeof node !== 'string' && holdsOf(shell, node, operator);
}

function holdsOf(shell: Shell, node: Vnode, operator: string): boolean {
  switch (operator) {
    case '-a':
    case '-e':
    case '-r':
    case '-w':
    case '-O':
    case '-G':
      return true;
    case '-f':
      return node.kind === 'file';
    case '-d':
      return node.kind === 'directory';
    case '-b':
      return node.kind === 'block';
    case '-c':
      return node.kind === 'character';
    case '-L':
    case '-h':
      return node.kind === 'symlink';
    case '-s':
      return node.kind === 'directory' || (node.kind === 'file' && node.size() > 0);
    case '-x':
      return node.kind === 'directory' || (node.mode & 0o111) !== 0;
    case '-p':
    case '-S':
      return false;
    case '-u':
      return (node.mode & 0o4000) !== 0;
    case '-g':
      return (node.mode & 0o2000) !== 0;
    case '-k':
      return (node.mode & 0o1000) !== 0;
    default:
      throw new NotSupported(shell.file, shell.line, `test ${operator}`);
  }
}

/** -ef; the tree keeps no times, so -nt and -ot are refused. */
export function compareFiles(shell: Shell, operator: string, left: string, right: string): boolean {
  if (operator !== '-ef') throw new NotSupported(shell.file, shell.line, `test ${operator}`);
  const a = lookupPath(left, shell);
  return typeof a !== 'string' && a === lookupPath(right, shell);
}
