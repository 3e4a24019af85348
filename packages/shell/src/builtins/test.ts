// test.ts — test and `[`, by the number of arguments as POSIX wants it.
import { complain } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { parseInteger } from './printf-number.ts';
import { compareFiles, isUnaryTest, testUnary } from './test-operators.ts';

/** Bash's complaint; the status is 2. */
class TestError extends Error {}

interface Parser {
  readonly shell: Shell;
  readonly words: readonly string[];
  at: number;
}

export const test: Builtin = function* (shell, args) {
  const [name] = args as readonly [string];
  let words = args.slice(1);
  try {
    if (name === '[') {
      if (words.at(-1) !== ']') throw new TestError("missing `]'");
      words = words.slice(0, -1);
    }
    return evaluateWords(shell, words) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield* complain(shell, `${name}: ${error.message}`);
    return 2;
  }
};

const BINARY = /^(?:=|==|!=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

function evaluateWords(shell: Shell, words: readonly string[]): boolean {
  const [a, b, c] = words as readonly [string, string, string];
  switch (words.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      return twoWords(shell, a, b);
    case 3:
      if (BINARY.test(b)) return compare(shell, a, b, c);
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      if (a === '!') return !twoWords(shell, b, c);
      if (a === '(' && c === ')') return b !== '';
      throw new TestError(`${b}: binary operator expected`);
    case 4:
      if (a === '!') return !evaluateWords(shell, words.slice(1));
      if (a === '(' && words[3] === ')') return twoWords(shell, b, c);
      return parseAll({ shell, words, at: 0 });
    default:
      return parseAll({ shell, words, at: 0 });
  }
}

function twoWords(shell: Shell, a: string, b: string): boolean {
  if (a === '!') return b === '';
  if (isUnaryTest(a)) return testUnary(shell, a, b);
  throw new TestError(`${a}: unary operator expected`);
}

function parseAll(parser: Parser): boolean {
  const value = or(parser);
  if (parser.at < parser.words.length) throw new TestError('too many arguments');
  return value;
}

function or(parser: Parser): boolean {
  let value = and(parser);
  while (parser.words[parser.at] === '-o') {
    parser.at++;
    const right = and(parser);
    value ||= right;
  }
  return value;
}

function and(parser: Parser): boolean {
  let value = term(parser);
  while (parser.words[parser.at] === '-a') {
    parser.at++;
    const right = term(parser);
    value &&= right;
  }
  return value;
}

function term(parser: Parser): boolean {
  const { shell, words } = parser;
  const word = words[parser.at];
  if (word === undefined) throw new TestError('argument expected');
  if (word === '!') {
    parser.at++;
    return !term(parser);
  }
  const operator = words[parser.at + 1];
  if (operator !== undefined && BINARY.test(operator) && words[parser.at + 2] !== undefined) {
    parser.at += 3;
    return compare(shell, word, operator, words[parser.at - 1] as string);
  }
  if (word === '(') {
    parser.at++;
    const value = or(parser);
    if (words[parser.at] !== ')') throw new TestError("`)' expected");
    parser.at++;
    return value;
  }
  if (isUnaryTest(word) && operator !== undefined) {
    parser.at += 2;
    return testUnary(shell, word, operator);
  }
  parser.at++;
  return word !== '';
}

// oxlint-disable-next-line max-params -- a comparison is its two sides and what is between them
function compare(shell: Shell, a: string, operator: string, b: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(shell, operator, a, b);
    default:
      return compareIntegers(integer(a), operator, integer(b));
  }
}

function integer(text: string): bigint {
  const trimmed = text.trim();
  if (!/^[-+]?\d+$/.test(trimmed)) throw new TestError(`${text}: integer expression expected`);
  return parseInteger(trimmed.replace(/^([-+]?)0+(?=\d)/, '$1')).value;
}

function compareIntegers(a: bigint, operator: string, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}
