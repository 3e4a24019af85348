// format-values.ts — Formats the values of awk's printf and sprintf.
import { formatFloat, formatInteger, formatString } from '@dmsim/libc';

import type { Interpreter } from './interpreter.ts';
import { asText } from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Value } from './value.ts';
import { Input, toNumber } from './value.ts';

const CONVERSION = /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?([hlLqjzt]*)([^])/g;

/** Formats the values by the first one, the format. */
export function formatValues(m: Interpreter, values: readonly Value[]): string {
  const format = asText(m, values[0]);
  let next = 1;
  const take = (): Value => values[next++];
  return format.replace(
    CONVERSION,
    (
      all,
      flags: string,
      width: string,
      precision: string | undefined,
      _size: string,
      letter: string,
    ) => {
      if (letter === '%') return '%';
      let left = flags;
      let columns = width === '*' ? Math.trunc(toNumber(take())) : Number(width);
      if (columns < 0) {
        left += '-';
        columns = -columns;
      }
      const digits =
        precision === undefined
          ? -1
          : precision === '*'
            ? Math.trunc(toNumber(take()))
            : Number(precision);
      const conversion = { flags: left, width: columns, precision: digits, letter };
      if (
        next > values.length ||
        (next === values.length && !'sc'.includes(letter) && values.length === 0)
      ) {
        throw new AwkError('not enough arguments for format', 1);
      }
      switch (letter) {
        case 'd':
        case 'i':
        case 'o':
        case 'x':
        case 'X':
        case 'u':
          return integer(toNumber(take()), conversion);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
          return formatFloat(toNumber(take()), conversion);
        case 'c':
          return formatString(character(m, take()), { ...conversion, precision: -1 });
        case 's':
          return formatString(asText(m, take()), conversion);
        default:
          return all;
      }
    },
  );
}

function integer(n: number, conversion: Parameters<typeof formatInteger>[1]): string {
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
