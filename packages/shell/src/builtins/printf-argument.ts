// printf-argument.ts — Numbers as arguments of printf, and what bash says of those that are none.
import { strtoimax, strtold, strtoumax } from '@dmsim/libc';

export interface NumericArgument<T> {
  readonly value: T;
  /** bash's complaint, if any; the value counts all the same. */
  readonly message: string | undefined;
}

/** For d and i, else for u, o, x and X; `'x` stands for the code of a character. */
export const parseInteger = (text: string, signed: boolean): NumericArgument<bigint> =>
  parseWith(text, signed ? strtoimax : strtoumax, BigInt);

/** strtold(3), and `'x` likewise. bash computes with long double, and so do its messages. */
export const parseFloat = (text: string): NumericArgument<ReturnType<typeof strtold>['value']> =>
  parseWith(text, strtold, (code) => strtold(String(code)).value);

function parseWith<T>(
  text: string,
  scan: (text: string) => { value: T; length: number; outOfRange: boolean },
  ofCode: (code: number) => T,
): NumericArgument<T> {
  if (text.startsWith("'") || text.startsWith('"')) {
    return { value: ofCode(text.codePointAt(1) ?? 0), message: undefined };
  }
  const { value, length, outOfRange } = scan(text);
  if (length < text.length) return { value, message: invalidNumber(text) };
  const message = outOfRange ? `warning: ${text}: Numerical result out of range` : undefined;
  return { value, message };
}

const invalidNumber = (text: string): string =>
  `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : text.startsWith('0x') ? 'hex ' : ''}number`;
