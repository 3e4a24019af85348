// seq.ts — seq(1).
import { formatFloat } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { OptionSpec } from './options.ts';
import { parseOptions } from './options.ts';
import type { Tool } from './tool.ts';
import { breathe, fail, failUsage, flushIfFull, quote, tool } from './tool.ts';

const SPEC: OptionSpec = {
  short: 'f:s:w',
  long: { format: 'f:', separator: 's:', 'equal-width': 'w' },
  inOrder: true,
};

interface Operand {
  readonly value: number;
  readonly width: number;
  readonly precision: number;
}

/** Keeps numbers such as `-5` from being parsed as options. */
function withNegatives(args: readonly string[]): string[] {
  let i = 0;
  for (let arg = args[i]; arg !== undefined && /^-[^.\d]/.test(arg); arg = args[i]) {
    if (arg === '--') return [...args];
    i += /^(?:-w?[fs]|--format|--separator)$/.test(arg) ? 2 : 1;
  }
  return [...args.slice(0, i), '--', ...args.slice(i)];
}

function parseOperand(t: Tool, word: string): Operand {
  const text = word.replace(/^[\s+]+/, '');
  if (!/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$|^-?0x[\da-f]+$|^-?inf(inity)?$/i.test(text)) {
    failUsage(t, `invalid floating point argument: ${quote(t, word)}`);
  }
  const value = /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : toNumber(text);
  const fraction = /\.(\d*)/.exec(text)?.[1] ?? '';
  const exponent = Number(/e([-+]?\d+)$/i.exec(text)?.[1] ?? 0);
  const precision = Math.max(0, fraction.length - exponent);
  const mantissa = text
    .replace(/e.*$/i, '')
    .replace(/\.$/, '')
    .replace(/^(-?)\./, '$10.');
  return { value, precision, width: mantissa.length + Math.max(0, exponent) };
}

const toNumber = (text: string): number =>
  text.startsWith('-') ? -Number(text.slice(1)) : Number(text);

const INTEGER: Operand = { value: 1, width: 1, precision: 0 };

function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC, withNegatives(t.args));
  if (operands.length === 0) failUsage(t, 'missing operand');
  if (operands.length > 3) failUsage(t, `extra operand ${quote(t, operands[3] ?? '')}`);
  const numbers = operands.map((word) => parseOperand(t, word));
  const last = numbers.at(-1) ?? INTEGER;
  const first = numbers.length > 1 ? (numbers[0] ?? INTEGER) : INTEGER;
  const step = numbers.length > 2 ? (numbers[1] ?? INTEGER) : INTEGER;
  if (step.value === 0)
    failUsage(t, `invalid Zero increment value: ${quote(t, operands[1] ?? '')}`);
  const format = value('f');
  if (format !== undefined && has('w')) {
    failUsage(t, 'format string may not be specified when printing equal width strings');
  }
  const show =
    format === undefined ? plainFormat(first, step, last, has('w')) : userFormat(t, format);
  yield* print(t, { first, step, last, show, separator: value('s') ?? '\n' });
  return 0;
}

function plainFormat(
  first: Operand,
  step: Operand,
  last: Operand,
  equalWidth: boolean,
): (n: number) => string {
  const precision = Math.max(first.precision, step.precision);
  let width = 0;
  if (equalWidth) {
    const sized = (o: Operand): number => {
      const whole = o.precision > 0 ? o.width - o.precision - 1 : o.width;
      return whole + (precision > 0 ? precision + 1 : 0);
    };
    width = Math.max(sized(first), sized(last));
  }
  return (n) => formatFloat(n === 0 ? 0 : n, { flags: '0', width, precision, letter: 'f' });
}

const literal = (text: string): string => text.replaceAll('%%', '%');

function userFormat(t: Tool, format: string): (n: number) => string {
  const match = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?([a-zA-Z])((?:[^%]|%%)*)$/s.exec(
    format,
  );
  if (match === null) {
    if (!/%[^%]/.test(format.replaceAll('%%', '')))
      fail(t, `format ${quote(t, format)} has no % directive`);
    fail(t, `format ${quote(t, format)} has too many % directives`);
  }
  const [, before = '', flags = '', width = '', precision, letter = '', after = ''] = match;
  if (!'efgaEFGA'.includes(letter)) {
    fail(t, `format ${quote(t, format)} has unknown %${letter} directive`);
  }
  const conversion = {
    flags,
    width: Number(width),
    precision: precision === undefined ? -1 : Number(precision),
    letter,
  };
  return (n) => literal(before) + formatFloat(n, conversion) + literal(after);
}

interface Series {
  readonly first: Operand;
  readonly step: Operand;
  readonly last: Operand;
  readonly show: (n: number) => string;
  readonly separator: string;
}

function* print(t: Tool, { first, step, last, show, separator }: Series): Task<void> {
  const up = step.value > 0;
  // Tolerates rounding errors far below the printed precision: 0.1 × 3 is slightly more than 0.3.
  const slack = 10 ** -Math.max(first.precision, step.precision, last.precision) / 1e6;
  const limit = up ? last.value + slack : last.value - slack;
  for (let i = 0; ; i++) {
    const n = first.value + i * step.value;
    if (up ? n > limit : n < limit) {
      if (i > 0) t.out.put('\n');
      return;
    }
    t.out.put((i > 0 ? separator : '') + show(n));
    if (t.out.full) {
      yield* breathe(t);
      yield* flushIfFull(t);
    }
  }
}

export const seq: Program = tool(main);
