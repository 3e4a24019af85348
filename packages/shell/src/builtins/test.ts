// test.ts — The builtins test and `[`: libc evaluates the expression, with bash's operators and messages.
import { evaluateTest, strtoimax } from '@dmsim/libc';
import type { TestProblem, TestWorld } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import { isSet } from '../expand/subscript.ts';
import { complain } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { compareFiles, isUnaryTest, testUnary } from './test-operators.ts';

/** Carries bash's error message; the status is 2. */
class TestError extends Error {}

export const test: Builtin = function* (shell, args) {
  const [name] = args as readonly [string];
  let words = args.slice(1);
  try {
    if (name === '[') {
      if (words.at(-1) !== ']') throw new TestError("missing `]'");
      words = words.slice(0, -1);
    }
    const set = words.includes('-v') ? yield* findSet(shell, words) : NONE;
    return evaluateTest(words, worldOf(shell, set)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield* complain(shell, `${name}: ${error.message}`);
    return 2;
  }
};

/** The operands of `-v` that have a value. */
function* findSet(shell: Shell, words: readonly string[]): Task<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const [i, word] of words.entries()) {
    if (words[i - 1] === '-v' && (yield* isSet(shell, word))) found.add(word);
  }
  return found;
}

const NONE: ReadonlySet<string> = new Set();

const worldOf = (shell: Shell, set: ReadonlySet<string>): TestWorld => ({
  isUnary: isUnaryTest,
  unary: (operator, operand) =>
    operator === '-v' ? set.has(operand) : testUnary(shell, operator, operand),
  compareFiles: (operator, left, right) => compareFiles(shell, operator, left, right),
  integer,
  fail(problem) {
    throw new TestError(messageOf(problem));
  },
});

function integer(word: string): bigint {
  // Numbers are decimal, even with leading zeros.
  const match = /^\s*([-+]?)0*(\d+)\s*$/.exec(word);
  const { value, outOfRange } = strtoimax(match === null ? '' : `${match[1]}${match[2]}`);
  if (match === null || outOfRange) throw new TestError(`${word}: integer expression expected`);
  return value;
}

function messageOf(problem: TestProblem): string {
  switch (problem.kind) {
    case 'no unary operator':
      return `${problem.operator}: unary operator expected`;
    case 'no binary operator':
      return `${problem.operator}: binary operator expected`;
    case 'missing argument':
      return 'argument expected';
    case 'missing parenthesis':
      return `\`)' expected${problem.found === undefined ? '' : `, found ${problem.found}`}`;
    case 'extra argument':
      return 'too many arguments';
  }
}
