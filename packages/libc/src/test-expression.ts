// test-expression.ts — Evaluates the expressions of test(1), for bash's builtin and for coreutils' program.
//
// POSIX defines the meaning of up to four words by their number. More words follow this grammar:
//
//   or    = and { -o and }
//   and   = term { -a term }
//   term  = ! term | ( or ) | WORD binary WORD | unary WORD | WORD

/** The operations that differ between the two programs. */
export interface TestWorld {
  readonly isUnary: (operator: string) => boolean;
  readonly unary: (operator: string, operand: string) => boolean;
  /** -nt, -ot and -ef. */
  readonly compareFiles: (operator: string, left: string, right: string) => boolean;
  /** Parses an operand of -eq and similar operators; does not return if it is not a number. */
  readonly integer: (word: string) => bigint;
  readonly fail: (problem: TestProblem) => never;
}

export type TestProblem =
  | { readonly kind: 'no unary operator'; readonly operator: string; readonly operand: string }
  | { readonly kind: 'no binary operator'; readonly operator: string }
  | { readonly kind: 'missing argument'; readonly after: string }
  | { readonly kind: 'missing parenthesis'; readonly found: string | undefined }
  | { readonly kind: 'extra argument'; readonly word: string };

interface Reader {
  readonly world: TestWorld;
  readonly words: readonly string[];
  at: number;
}

const BINARY = /^(?:=|==|!=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

export function evaluateTest(words: readonly string[], world: TestWorld): boolean {
  const [a = '', b = '', c = '', d = ''] = words;
  switch (words.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      return twoWords(world, a, b);
    case 3:
      return threeWords(world, [a, b, c]);
    case 4:
      if (a === '!') return !threeWords(world, [b, c, d]);
      if (a === '(' && d === ')') return twoWords(world, b, c);
      return readAll({ world, words, at: 0 });
    default:
      return readAll({ world, words, at: 0 });
  }
}

function twoWords(world: TestWorld, a: string, b: string): boolean {
  if (a === '!') return b === '';
  if (world.isUnary(a)) return world.unary(a, b);
  return world.fail({ kind: 'no unary operator', operator: a, operand: b });
}

function threeWords(world: TestWorld, [a, b, c]: readonly [string, string, string]): boolean {
  if (BINARY.test(b)) return compare(world, b, [a, c]);
  if (b === '-a') return a !== '' && c !== '';
  if (b === '-o') return a !== '' || c !== '';
  if (a === '!') return !twoWords(world, b, c);
  if (a === '(' && c === ')') return b !== '';
  return world.fail({ kind: 'no binary operator', operator: b });
}

function readAll(r: Reader): boolean {
  const value = or(r);
  const word = r.words[r.at];
  return word === undefined ? value : r.world.fail({ kind: 'extra argument', word });
}

/** Evaluates both sides, even if the first one decides. */
function or(r: Reader): boolean {
  let value = and(r);
  while (r.words[r.at] === '-o') {
    r.at++;
    value = and(r) || value;
  }
  return value;
}

function and(r: Reader): boolean {
  let value = term(r);
  while (r.words[r.at] === '-a') {
    r.at++;
    value = term(r) && value;
  }
  return value;
}

function term(r: Reader): boolean {
  const { world, words } = r;
  const [word, operator, operand] = words.slice(r.at, r.at + 3);
  if (word === undefined)
    return world.fail({ kind: 'missing argument', after: words.at(-1) ?? '' });
  r.at++;
  if (word === '!') return !term(r);
  if (word === '(') return parenthesised(r);
  if (operator !== undefined && operand !== undefined && BINARY.test(operator)) {
    r.at += 2;
    return compare(world, operator, [word, operand]);
  }
  if (operator !== undefined && world.isUnary(word)) {
    r.at++;
    return world.unary(word, operator);
  }
  return word !== '';
}

function parenthesised(r: Reader): boolean {
  const value = or(r);
  const found = r.words[r.at];
  if (found !== ')') r.world.fail({ kind: 'missing parenthesis', found });
  r.at++;
  return value;
}

function compare(world: TestWorld, operator: string, [a, b]: readonly [string, string]): boolean {
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
      return world.compareFiles(operator, a, b);
    default:
      return compareIntegers(world.integer(a), operator, world.integer(b));
  }
}

/** -eq, -ne, -lt, -le, -gt, -ge. */
export function compareIntegers(a: bigint, operator: string, b: bigint): boolean {
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
