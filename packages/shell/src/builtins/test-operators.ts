// test-operators.ts — The operators of `[`, `test` and `[[` for files, texts and variables.
import { clockOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';
import { compareFiles as compareNodes, lookupPath, ownDescriptor, testFile } from '@dmsim/vfs';

import { optionValue } from '../shell-options.ts';
import type { Shell } from '../shell.ts';

const UNARY = /^-[abcdefghkLnNoOprRsStuvwxzG]$/;

export const isUnaryTest = (operator: string): boolean => UNARY.test(operator);

/** Evaluates an operator of one operand, but for `-v`, whose subscript is to be expanded (`isSet`). */
export function testUnary(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-o':
      return optionValue(shell, operand) === true;
    case '-t':
      // No descriptor is a terminal: a lab's output goes to a file, as it did when the lab was recorded.
      return false;
    default:
      return testPath(shell, operator, operand);
  }
}

function testPath(shell: Shell, operator: string, path: string): boolean {
  const follow = operator !== '-L' && operator !== '-h';
  const fd = ownDescriptor(shell.root, path);
  if (fd !== undefined) return testDescriptor(shell, operator, path, fd);
  const node = lookupPath(path, { root: shell.root, cwd: shell.cwd, follow });
  if (typeof node === 'string') return false;
  const holds = testFile(operator, node);
  if (holds === undefined) throw new NotSupported(shell.file, shell.line, `test ${operator}`);
  return holds;
}

/** Tests what is open under a name below /dev/fd: a pipe, or a file by the path that it was opened by. */
function testDescriptor(shell: Shell, operator: string, path: string, fd: number): boolean {
  const file = shell.fds.get(fd);
  if (file === undefined) return false;
  if (operator === '-e' || operator === '-L' || operator === '-h') return true;
  if (file.path !== 'pipe:') throw new NotSupported(shell.file, shell.line, `${operator} ${path}`);
  return operator === '-p' || (operator === '-r' && file.flags.read) || operator === '-w';
}

/** Evaluates -nt, -ot and -ef. */
export function compareFiles(shell: Shell, operator: string, left: string, right: string): boolean {
  const nodes = [lookupPath(left, shell), lookupPath(right, shell)] as const;
  return compareNodes(operator, nodes, clockOf(shell.sim)());
}
