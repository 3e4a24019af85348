// format-values.ts — Formats the values of awk's printf and sprintf.
import type { Conversion } from '@dmsim/libc';
import { formatFloat, formatInteger, formatString } from '@dmsim/libc';

import type { Interpreter } from './interpreter.ts';
import { asText } from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Value } from './value.ts';
import { Input, toNumber } from './value.ts';

const CONVERSION = /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?([hlLqjzt]*)([^])/g;

/** The values of one call, of which `next` is the next to be formatted. */
interface Operands {
  readonly values: readonly Value[];
  next: number;
}

/** Formats the values by the first one, the format. */
export function formatValues(m: Interpreter, values: readonly Value[]): string {
  const operands: Operands = { values, next: 1 };
  return asText(m, values[0]).replace(CONVERSION, (...match: string[]) =>
    convert(m, operands, match),
  );
}

const take = (operands: Operands): Value => operands.values[operands.next++];

const takeInteger = (operands: Operands): number => Math.trunc(toNumber(take(operands)));

function convert(m: Interpreter, operands: Operands, match: readonly string[]): string {
  const [all = '', flags = '', width = ''] = match;
  const precision: string | undefined = match[3];
  const letter = match[5] ?? '';
  if (letter === '%') return '%';
  const columns = width === '*' ? takeInteger(operands) : Number(width);
  const conversion: Conversion = {
    flags: columns < 0 ? `${flags}-` : flags,
    width: Math.abs(columns),
    precision: precision === '*' ? takeInteger(operands) : Number(precision ?? -1),
    letter,
  };
  if (operands.next > operands.values.length) {
    throw new AwkError('not enough arguments for format', 1);
  }
  switch (letter) {
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
    case 'u':
      return integer(toNumber(take(operands)), conversion);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(toNumber(take(operands)), conversion);
    case 'c':
      return formatString(character(m, take(operands)), { ...conversion, precision: -1 });
    case 's':
      return formatString(asText(m, take(operands)), conversion);
    default:
      return all;
  }
}

function integer(n: number, conversion: Conversion): string {
  if (!Number.isFinite(n)) return formatFloat(n, { ...conversion, letter: 'f' });
  return formatInteger(BigInt(Math.trunc(n)), conversion);
}

/** Returns the character for %c: a number is its code, a string gives its first character. */
function character(m: Interpreter, value: Value): string {
  const code =
    typeof value === 'number' ? value : value instanceof Input ? value.number : undefined;
  return code === undefined
    ? asText(m, value).slice(0, 1)
    : String.fromCharCode(Math.trunc(code) & 0xff);
}
