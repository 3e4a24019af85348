// arithmetic-tokens.ts — Recognizes the operators of arithmetic expressions, longest first.

const OPERATORS: readonly string[] =
  '<<= >>= ++ -- ** && || == != <= >= << >> += -= *= /= %= &= |= ^='.split(' ');

/** Operators of one operand. */
export const SINGLE_OPERATORS: readonly string[] = ['!', '~', '+', '-'];

/** Returns the operator at `at`. Any other character is a token by itself. */
export function readOperator(text: string, at: number): string {
  const operator = OPERATORS.find((one) => text.startsWith(one, at)) ?? text.charAt(at);
  // `5--3` means 5 - -3: `--` and `++` are operators only next to a name.
  if ((operator === '++' || operator === '--') && !touchesName(text, at)) return operator.charAt(0);
  return operator;
}

function touchesName(text: string, at: number): boolean {
  const after = /^[ \t\n]*[A-Za-z_]/.test(text.slice(at + 2));
  const before = /(?:[A-Za-z_][A-Za-z0-9_]*|\])[ \t\n]*$/.exec(text.slice(0, at));
  if (before === null) return after;
  // In `16#ff--1`, the letters before `--` are digits, not a name.
  return (
    !/[0-9][0-9A-Za-z_@#]*[ \t\n]*$/.test(text.slice(0, at)) || isNameBefore(text, at) || after
  );
}

const isNameBefore = (text: string, at: number): boolean =>
  /(?:^|[^0-9A-Za-z_@#])[A-Za-z_][A-Za-z0-9_]*[ \t\n]*$/.test(text.slice(0, at));
