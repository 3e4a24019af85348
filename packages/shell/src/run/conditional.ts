// conditional.ts — Evaluates `[[ … ]]`.
import {
  RegexError,
  binaryOf,
  compareIntegers,
  compileRegex,
  decodeBytes,
  fromBinary,
} from '@dmsim/libc';
import { compilePattern, matchesPattern } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { compareFiles, isUnaryTest, testUnary } from '../builtins/test-operators.ts';
import { tryEvaluate } from '../expand/evaluate.ts';
import { expandText } from '../expand/expand-word.ts';
import { isSet } from '../expand/subscript.ts';
import type { Shell } from '../shell.ts';
import type { TestNode, Word } from '../syntax/ir.ts';
import { createVariable } from '../variables.ts';
import { trace } from './xtrace.ts';

/** An arithmetic or regular expression is invalid. The message is printed already; the status is 1 or 2. */
class TestFailure extends Error {
  readonly status: number;
  constructor(status: number) {
    super('test failure');
    this.status = status;
  }
}

export function* runTest(shell: Shell, node: TestNode): Task<number> {
  try {
    return (yield* holds(shell, node)) ? 0 : 1;
  } catch (error) {
    if (error instanceof TestFailure) return error.status;
    throw error;
  }
}

function* holds(shell: Shell, node: TestNode): Task<boolean> {
  switch (node.kind) {
    case 'not':
      return (yield* holds(shell, node.operand)) !== (node.count % 2 === 1);
    case 'group':
      return yield* holds(shell, node.expression);
    case 'logical': {
      for (const operand of node.operands) {
        if ((yield* holds(shell, operand)) === (node.operator === '||')) {
          return node.operator === '||';
        }
      }
      return node.operator === '&&';
    }
    case 'unary': {
      const operand = yield* expandText(shell, node.operand);
      if (shell.flags.xtrace) yield* trace(shell, `[[ ${node.operator} ${shown(operand)} ]]`);
      if (!isUnaryTest(node.operator)) {
        throw new NotSupported(shell.file, shell.line, `[[ ${node.operator} ]]`);
      }
      if (node.operator === '-v') return yield* isSet(shell, operand);
      return testUnary(shell, node.operator, operand);
    }
    case 'binary':
      return yield* compare(shell, node);
  }
}

/** Shows a word in the trace as bash does: without quotes, unless it is empty. */
const shown = (text: string): string => (text === '' ? "''" : text);

type Binary = Extract<TestNode, { kind: 'binary' }>;

function* compare(shell: Shell, { operator, left, right }: Binary): Task<boolean> {
  const value = yield* expandText(shell, left);
  switch (operator) {
    case '==':
    case '=':
    case '!=':
      return (yield* matches(shell, value, right, operator)) === (operator !== '!=');
    case '=~':
      return yield* matchesRegex(shell, value, right);
    default:
  }
  const other = yield* expandText(shell, right);
  if (shell.flags.xtrace) {
    yield* trace(shell, `[[ ${shown(value)} ${operator} ${shown(other)} ]]`);
  }
  if (operator === '<') return value < other;
  if (operator === '>') return value > other;
  if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)) {
    return yield* compareNumbers(shell, operator, [value, other]);
  }
  return compareFiles(shell, operator, value, other);
}

function* compareNumbers(
  shell: Shell,
  operator: string,
  texts: readonly [string, string],
): Task<boolean> {
  const values: bigint[] = [];
  for (const text of texts) {
    const value = yield* tryEvaluate(shell, text, '[[');
    if (value === undefined) throw new TestFailure(1);
    values.push(value);
  }
  const [a, b] = values as [bigint, bigint];
  return compareIntegers(a, operator, b);
}

function* matches(shell: Shell, value: string, right: Word, operator: string): Task<boolean> {
  const pattern = yield* expandText(shell, right, 'pattern');
  if (shell.flags.xtrace) {
    yield* trace(shell, `[[ ${shown(value)} ${operator} ${yield* tracedPattern(shell, right)} ]]`);
  }
  if (!shell.flags.nocasematch) return matchesPattern(compilePattern(pattern, true), value);
  return matchesPattern(compilePattern(pattern.toLowerCase(), true), value.toLowerCase());
}

/** Shows a pattern in the trace as bash does: with a backslash before each quoted character. */
function* tracedPattern(shell: Shell, right: Word): Task<string> {
  let text = '';
  for (const segment of right.segments) {
    if (segment.kind === 'quotes') continue;
    const word: Word = { segments: [segment], constant: undefined, literal: undefined, source: '' };
    const value = yield* expandText(shell, word);
    const quoted = 'quoted' in segment && segment.quoted;
    text += quoted ? value.replaceAll(/./gsu, String.raw`\$&`) : value;
  }
  return shown(text);
}

function* matchesRegex(shell: Shell, value: string, right: Word): Task<boolean> {
  const source = yield* expandText(shell, right, 'regex');
  if (shell.flags.xtrace)
    yield* trace(shell, `[[ ${shown(value)} =~ ${shown(yield* expandText(shell, right))} ]]`);
  const match = execute(source, value, shell.flags.nocasematch);
  shell.variables.set('BASH_REMATCH', createVariable(match ?? []));
  return match !== undefined;
}

/** Returns the match and its groups. As in bash, an invalid expression gives status 2 without a message. */
function execute(source: string, value: string, ignoreCase: boolean): string[] | undefined {
  try {
    const regex = compileRegex(binaryOf(source), { extended: true, posix: true, ignoreCase });
    const text = binaryOf(value);
    const match = regex.exec(text);
    if (match === undefined) return undefined;
    const parts = [text.slice(match.start, match.end), ...match.groups];
    return parts.map((part) => decodeBytes(fromBinary(part ?? '')));
  } catch (error) {
    if (error instanceof RegexError) throw new TestFailure(2);
    throw error;
  }
}
