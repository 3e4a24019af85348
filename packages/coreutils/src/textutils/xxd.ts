// xxd.ts — xxd(1) of 2022-01-14: hexadecimal, binary and plain dumps, and plain ones read back.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, tool } from '../tool.ts';
import { readNamed } from './filter.ts';

interface Style {
  /** Octets a line, and in a group of it. */
  readonly columns: number;
  readonly group: number;
  readonly digits: (octet: number) => string;
  readonly address: (at: number) => string;
}

/** The first letter of a word decides; these are simulated, the latter with a number. */
const FLAGS = 'bdpru';
const NUMBERS = 'cglos';
/** Words that may go on behind the letter, where its number could be. */
const LONG = /^-(?:cols|group(?:size)?|len|off|seek|skip)$/;

interface Options {
  readonly flags: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function readOptions(t: Tool): Options {
  const flags = new Set<string>();
  const numbers = new Map<string, string>();
  let at = 0;
  for (; at < t.args.length; at++) {
    const word = (t.args[at] ?? '').replace(/^--(?=.)/, '-');
    const letter = word[1] ?? '';
    if (!word.startsWith('-') || word === '-' || word === '--') break;
    if (FLAGS.includes(letter)) flags.add(letter);
    else if (!NUMBERS.includes(letter) || word === '-capitalize') refuse(t, word);
    else numbers.set(letter, gluedNumber(word) ?? t.args[++at] ?? refuse(t, word));
  }
  return { flags, numbers, operands: t.args.slice(at) };
}

const gluedNumber = (word: string): string | undefined =>
  word.length === 2 || LONG.test(word) ? undefined : word.slice(2);

/** As strtol(3) with base 0: what is no number is 0. */
function numberOf(word: string): number {
  const [, sign, digits = ''] = /^\s*([-+]?)(0x[\da-f]+|\d*)/i.exec(word) ?? [];
  const octal = /^0([0-7]+)/.exec(digits)?.[1];
  return (
    (sign === '-' ? -1 : 1) * (octal === undefined ? Number(digits) : Number.parseInt(octal, 8))
  );
}

export const xxd: Program = tool(function* main(t: Tool): Task<number> {
  const options = readOptions(t);
  const { flags, numbers, operands } = options;
  const [name = '-', output] = operands;
  if (output !== undefined) refuse(t, t.args.join(' '));
  const number = (letter: string): number => numberOf(numbers.get(letter) ?? '0');
  const text = yield* readNamed(t, name);
  if (typeof text !== 'string') fail(t, `${name}: ${strerror(text.errno)}`, 2);
  if (flags.has('r')) {
    if (!flags.has('p') || numbers.size > 0 || /[^\da-f\s]/i.test(text))
      refuse(t, t.args.join(' '));
    t.out.put(readBack(text));
    return 0;
  }
  const seek = number('s');
  const start = seek < 0 ? text.length + seek : seek;
  if (start < 0) fail(t, 'Sorry, cannot seek.', 4);
  const data = text.slice(start, numbers.has('l') ? start + number('l') : undefined);
  if (flags.has('p')) yield* plain(t, data, styleOf(t, options), numbers.get('c') === '0');
  else yield* dump(t, data, styleOf(t, options), start + number('o'));
  return 0;
});

function styleOf(t: Tool, { flags, numbers: given }: Options): Style {
  const number = (letter: string): number => numberOf(given.get(letter) ?? '0');
  const isBinary = flags.has('b');
  const columns = number('c') || (flags.has('p') ? 30 : isBinary ? 6 : 16);
  if (!flags.has('p') && (columns < 1 || columns > 256))
    fail(t, 'invalid number of columns (max. 256).', 1);
  const group = given.has('g') ? number('g') : isBinary ? 1 : 2;
  const radix = isBinary ? 2 : 16;
  const hex = (n: number, width: number): string => {
    const digits = n.toString(radix).padStart(width, '0');
    return flags.has('u') ? digits.toUpperCase() : digits;
  };
  return {
    columns,
    group: group < 1 || group > columns ? columns : group,
    digits: (octet) => hex(octet, isBinary ? 8 : 2),
    address: (at) => at.toString(flags.has('d') ? 10 : 16).padStart(8, '0'),
  };
}

function* plain(t: Tool, data: string, { columns, digits }: Style, isOneLine: boolean): Task<void> {
  const width = isOneLine ? Math.max(1, data.length) : columns;
  for (let at = 0; at < data.length; at += width) {
    t.out.put(
      `${octetsOf(data.slice(at, at + width))
        .map(digits)
        .join('')}\n`,
    );
    yield* flushIfFull(t);
  }
}

function* dump(t: Tool, data: string, style: Style, first: number): Task<void> {
  const { columns, group, digits, address } = style;
  // The width of a whole line's digits: one blank behind each group but the last.
  const width = columns * digits(0).length + Math.ceil(columns / group) - 1;
  for (let at = 0; at < data.length; at += columns) {
    const row = data.slice(at, at + columns);
    const shown = octetsOf(row)
      .map((octet, i) => (i > 0 && i % group === 0 ? ' ' : '') + digits(octet))
      .join('');
    const text = row.replace(/[^\x20-\x7e]/g, '.');
    t.out.put(`${address(first + at)}: ${shown.padEnd(width)}  ${text}\n`);
    yield* flushIfFull(t);
  }
}

const octetsOf = (row: string): number[] => row.split('').map((c) => c.charCodeAt(0));

/** The octets of the pairs of digits, between which there are blanks. */
const readBack = (text: string): string =>
  (text.match(/[\da-f]\s*[\da-f]/gi) ?? [])
    .map((pair) => String.fromCharCode(Number.parseInt(pair.replace(/\s/g, ''), 16)))
    .join('');
