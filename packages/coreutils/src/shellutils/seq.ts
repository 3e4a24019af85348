// seq.ts — seq(1). It computes with long doubles, and with integers of any size where all numbers are whole.
import type { Conversion, LongDouble } from '@dmsim/libc';
import { addLong, compareLong, formatFloat, scaleLong, strtold } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { breathe, fail, failUsage, flushIfFull, quote, tool } from '../tool.ts';
import type { Operand } from './seq-operand.ts';
import { ONE, parseOperand } from './seq-operand.ts';

const SPEC: OptionSpec = {
  short: 'f:s:w',
  long: { format: 'f:', separator: 's:', 'equal-width': 'w' },
  inOrder: true,
};

/** Keeps numbers such as `-5` from being parsed as options. */
function withNegatives(args: readonly string[]): string[] {
  let i = 0;
  for (let arg = args[i]; arg !== undefined && /^-[^.\d]/.test(arg); arg = args[i]) {
    if (arg === '--') return [...args];
    i += /^(?:-w?[fs]|--format|--separator)$/.test(arg) ? 2 : 1;
  }
  return [...args.slice(0, i), '--', ...args.slice(i)];
}

interface Series {
  readonly first: Operand;
  readonly step: Operand;
  readonly last: Operand;
}

/** How numbers are shown: `before`, the number, `after`. */
interface Format {
  readonly before: string;
  readonly conversion: Conversion;
  readonly after: string;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC, withNegatives(t.args));
  const { has, value } = options;
  const series = parseSeries(t, options);
  const format = value('f');
  if (format !== undefined && has('w')) {
    failUsage(t, 'format string may not be specified when printing equal width strings');
  }
  const shown = format === undefined ? plainFormat(series, has('w')) : userFormat(t, format);
  const separator = value('s') ?? '\n';
  const plain = format === undefined && !has('w') && separator.length === 1;
  const texts = plain && isWhole(series) ? integers(series) : numbers(series, shown);
  yield* print(t, texts, separator);
  return 0;
}

/** [[FIRST] STEP] LAST */
function parseSeries(t: Tool, { operands }: Options): Series {
  if (operands.length === 0) failUsage(t, 'missing operand');
  if (operands.length > 3) failUsage(t, `extra operand ${quote(t, operands[3] ?? '')}`);
  const parsed = operands.map((word) => parseOperand(t, word));
  const [first = ONE, step = ONE, last = ONE] =
    parsed.length === 3 ? parsed : [parsed.at(-2), ONE, parsed.at(-1)];
  if (isZero(step.value)) {
    failUsage(t, `invalid Zero increment value: ${quote(t, operands[1] ?? '')}`);
  }
  return { first, step, last };
}

const isZero = (value: LongDouble): boolean => value.kind === 'finite' && value.mantissa === 0n;

function plainFormat({ first, step, last }: Series, equalWidth: boolean): Format {
  const precision = Math.max(first.precision, step.precision);
  if (precision === Infinity || last.precision === Infinity) {
    return bare({ flags: '', width: 0, precision: -1, letter: 'g' });
  }
  const columns = ({ width, precision: own }: Operand): number => {
    const whole = own > 0 ? width - own - 1 : width;
    return whole + (precision > 0 ? precision + 1 : 0);
  };
  const width = equalWidth ? Math.max(columns(first), columns(last)) : 0;
  return bare({ flags: '0', width, precision, letter: 'f' });
}

const bare = (conversion: Conversion): Format => ({ before: '', conversion, after: '' });

const literal = (text: string): string => text.replaceAll('%%', '%');

function userFormat(t: Tool, format: string): Format {
  const match = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?([a-zA-Z])((?:[^%]|%%)*)$/s.exec(
    format,
  );
  if (match === null) fail(t, `format ${quote(t, format)} ${whatIsWrong(format)}`);
  const [, before = '', flags = '', width = '', precision, letter = '', after = ''] = match;
  if (!'efgaEFGA'.includes(letter)) {
    fail(t, `format ${quote(t, format)} has unknown %${letter} directive`);
  }
  if (/a/i.test(letter)) refuse(t, `-f %${letter}`);
  const conversion = {
    flags,
    width: Number(width),
    precision: precision === undefined ? -1 : Number(precision),
    letter,
  };
  return { before: literal(before), conversion, after: literal(after) };
}

function whatIsWrong(format: string): string {
  const directives = format.replaceAll('%%', '');
  if (!directives.includes('%')) return 'has no % directive';
  return /^[^%]*%[-+ #0']*\d*(?:\.\d*)?$/.test(directives)
    ? 'ends in %'
    : 'has too many % directives';
}

/** Larger steps are not taken by whole numbers, but by long doubles. */
const MAX_WHOLE_STEP = 200n;

/** Whether seq counts with whole numbers: from, to and by non-negative integers. */
function isWhole({ first, step, last }: Series): boolean {
  if ([first, step, last].some(({ precision }) => precision > 0)) return false;
  if (first.value.kind !== 'finite' || step.value.kind !== 'finite') return false;
  if ([first, step, last].some(({ value }) => value.negative)) return false;
  return integerOf(step.value) <= MAX_WHOLE_STEP;
}

const integerOf = (value: LongDouble): bigint =>
  BigInt(formatFloat(value, { flags: '', width: 0, precision: 0, letter: 'f' }));

/** Counts exactly from and to numbers that were written as digits; other numbers were rounded to long doubles. */
function* integers({ first, step, last }: Series): Generator<string> {
  const exact = [first, step, last].every(({ digits }) => digits !== undefined);
  const integer = ({ digits, value }: Operand): bigint =>
    exact && digits !== undefined ? digits : integerOf(value);
  const by = integer(step);
  const ends = last.value.kind === 'finite';
  const end = ends ? integer(last) : 0n;
  for (let n = integer(first); ; n += by) {
    if (ends && n > end) return;
    yield String(n);
  }
}

function* numbers({ first, step, last }: Series, format: Format): Generator<string> {
  const { before, conversion, after } = format;
  const isPast = (x: LongDouble): boolean =>
    (step.value.negative ? -1 : 1) * compareLong(x, last.value) > 0;
  let x = first.value;
  if (isPast(x)) return;
  for (let i = 1, text = ''; ; i++) {
    const previous = text;
    text = formatFloat(x, conversion);
    // Rounding may have carried a number past the last one that still prints as the last one, and then it counts.
    if (isPast(x) && (text === previous || !isNumber(text, last.value))) return;
    yield before + text + after;
    if (isPast(x)) return;
    x = addLong(first.value, scaleLong(step.value, i));
  }
}

function isNumber(text: string, value: LongDouble): boolean {
  const read = strtold(text);
  return read.length === text.length && compareLong(read.value, value) === 0;
}

function* print(t: Tool, texts: Iterable<string>, separator: string): Task<void> {
  let any = false;
  for (const text of texts) {
    t.out.put(any ? separator + text : text);
    any = true;
    if (t.out.full) {
      yield* breathe(t);
      yield* flushIfFull(t);
    }
  }
  if (any) t.out.put('\n');
}

export const seq: Program = tool(main);
