// printf-argument.ts — Parses the numeric arguments of printf, with bash's messages for invalid ones.
import { strtoimax, strtold, strtoumax } from '@dmsim/libc';

export interface NumericArgument<T> {
  readonly value: T;
  /** bash's error message, if any. printf uses the value even then. */
  readonly message: string | undefined;
}

/** Parses a number for d and i (`signed`), or for u, o, x and X. `'x` means the code of a character. */
export const parseInteger = (text: string, signed: boolean): NumericArgument<bigint> =>
  parseWith(text, signed ? strtoimax : strtoumax, BigInt);

/** Parses a number like strtold(3), or `'x`. bash uses long double, which decides when it reports a range error. */
export const parseFloat = (text: string): NumericArgument<ReturnType<typeof strtold>['value']> =>
  parseWith(text, strtold, (code) => strtold(String(code)).value);

function parseWith<T>(
  text: string,
  scan: (text: string) => { value: T; length: number; outOfRange: boolean },
  ofCode: (code: number) => T,
): NumericArgument<T> {
  if (text.startsWith("'") || text.startsWith('"')) {
    return { value: ofCode(firstByte(text.slice(1))), message: undefined };
  }
  const { value, length, outOfRange } = scan(text);
  if (length < text.length) return { value, message: invalidNumber(text) };
  const message = outOfRange ? `warning: ${text}: Numerical result out of range` : undefined;
  return { value, message };
}

/** Of a byte that is no character of the C locale, the text has a lone surrogate. */
function firstByte(text: string): number {
  const code = text.codePointAt(0) ?? 0;
  return code < 0x80 ? code : code & 0xff;
}

const invalidNumber = (text: string): string =>
  `${text}: invalid ${/^0\d/.test(text) ? 'octal ' : text.startsWith('0x') ? 'hex ' : ''}number`;
