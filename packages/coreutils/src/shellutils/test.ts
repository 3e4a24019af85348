// test.ts — test(1) and [(1) of coreutils, for programs that call them without a shell.
import { clockOf, evaluateTest } from '@dmsim/libc';
import type { TestProblem, TestWorld } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { compareFiles, testFile } from '@dmsim/vfs';

import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, quote, tool } from '../tool.ts';

function* main(t: Tool): Task<number> {
  let words = t.args;
  if (t.name.endsWith('[')) {
    if (words.at(-1) !== ']') fail(t, `missing ${quote(t, ']')}`, 2);
    words = words.slice(0, -1);
  }
  return evaluateTest(words, worldOf(t)) ? 0 : 1;
}

const worldOf = (t: Tool): TestWorld => ({
  // Any letter after a dash counts as a unary operator.
  isUnary: (operator) => /^-[a-zA-Z]$/.test(operator),
  unary: (operator, operand) => unary(t, operator, operand),
  compareFiles(operator, left, right) {
    const nodes = [lookup(t, left), lookup(t, right)] as const;
    return compareFiles(operator, nodes, clockOf(t.process.sim)());
  },
  integer(word) {
    if (!/^\s*[-+]?\d+\s*$/.test(word)) fail(t, `invalid integer ${quote(t, word)}`, 2);
    return BigInt(word.trim().replace(/^\+/, ''));
  },
  fail: (problem) => fail(t, messageOf(t, problem), 2),
});

function messageOf(t: Tool, problem: TestProblem): string {
  switch (problem.kind) {
    case 'no unary operator':
      return `missing argument after ${quote(t, problem.operand)}`;
    case 'no binary operator':
      return `${quote(t, problem.operator)}: binary operator expected`;
    case 'missing argument':
      return `missing argument after ${quote(t, problem.after)}`;
    case 'missing parenthesis':
      return `${quote(t, ')')} expected${problem.found === undefined ? '' : `, found ${quote(t, problem.found)}`}`;
    case 'extra argument':
      return `extra argument ${quote(t, problem.word)}`;
  }
}

function unary(t: Tool, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  // No descriptor is a terminal: output goes to a file, as it did when the labs were recorded.
  if (operator === '-t') return false;
  if (!/^-[a-hkprsuwxLNOGS]$/.test(operator)) {
    fail(t, `${quote(t, operator)}: unary operator expected`, 2);
  }
  const node = lookup(t, operand, { follow: operator !== '-h' && operator !== '-L' });
  return typeof node !== 'string' && (testFile(operator, node) ?? refuse(t, operator));
}

export const test: Program = tool(main);
