// seq-operand.ts — The numbers on the command line of seq(1): their values, and how wide and precise they were written.
import type { LongDouble } from '@dmsim/libc';
import { strtold } from '@dmsim/libc';

import type { Tool } from '../tool.ts';
import { failUsage, quote } from '../tool.ts';

export interface Operand {
  readonly value: LongDouble;
  /** The whole number that it was written as, if only digits were written. */
  readonly digits: bigint | undefined;
  /** Columns it takes as a plain decimal number; 0 if it was hexadecimal or infinite. */
  readonly width: number;
  /** Digits after the point; Infinity if it was written in a way that does not tell. */
  readonly precision: number;
}

export const ONE: Operand = { value: strtold('1').value, digits: 1n, width: 1, precision: 0 };

export function parseOperand(t: Tool, word: string): Operand {
  const { value, length, outOfRange } = strtold(word);
  if (length === 0 || length < word.length || outOfRange) {
    failUsage(t, `invalid floating point argument: ${quote(t, word)}`);
  }
  if (value.kind === 'nan') {
    failUsage(t, `invalid ${quote(t, 'not-a-number')} argument: ${quote(t, word)}`);
  }
  // seq prints neither blanks nor a plus, so they don't count.
  const text = word.replace(/^[\s+]+/, '');
  const decimal = value.kind === 'finite' && !/x/i.test(text);
  const digits = /^\d+$/.test(word) ? BigInt(word) : undefined;
  if (decimal) return { value, digits, ...decimalLayout(text) };
  return { value, digits, width: 0, precision: /[.p]/.test(text) ? Infinity : 0 };
}

/** `-.5` takes four columns, as `-0.5`; `1.` takes one; `1.5e3` takes four, as `1500`; `5e-3` takes five, as `0.005`. */
function decimalLayout(text: string): { width: number; precision: number } {
  const [numeral = '', power] = text.split(/e/i);
  const exponent = Number(power ?? 0);
  const [whole = '', fraction = ''] = numeral.split('.');
  const precision = Math.max(0, fraction.length - exponent);
  const zero = fraction !== '' && !/\d$/.test(whole) ? 1 : 0;
  const decimals = precision > 0 ? precision + 1 : 0;
  return { precision, width: whole.length + zero + Math.max(0, exponent) + decimals };
}
