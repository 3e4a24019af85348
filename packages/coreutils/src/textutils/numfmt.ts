// numfmt.ts — numfmt(1): converts numbers to and from forms for people, such as 1.5G.
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quote, tool } from '../tool.ts';
import { eachLine } from './filter.ts';

type Scale = 'none' | 'si' | 'iec' | 'iec-i' | 'auto';

interface Look {
  readonly from: Scale;
  readonly to: Scale;
  readonly suffix: string;
  readonly padding: number;
  readonly fields: ReadonlySet<number> | 'all';
  readonly delimiter: string | undefined;
  readonly round: (x: number) => number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, {
    short: 'd:z',
    long: {
      delimiter: 'd:',
      field: 'field:',
      from: 'from:',
      to: 'to:',
      suffix: 'suffix:',
      padding: 'padding:',
      round: 'round:',
      grouping: 'grouping',
      header: 'header::',
    },
    refused: 'z',
    refusedLong: ['format', 'from-unit', 'to-unit', 'invalid', 'debug', 'zero-terminated'],
  });
  const look = lookOf(t, options);
  if (options.operands.length > 0) {
    for (const word of options.operands) t.out.put(`${convertLine(t, look, word)}\n`);
    return 0;
  }
  let header = headerLines(options);
  return yield* eachLine(t, [], (line) => {
    t.out.put(`${header-- > 0 ? line : convertLine(t, look, line)}\n`);
    return flushIfFull(t);
  });
}

/** How many lines at the beginning stay as they are: one, unless --header says otherwise. */
function headerLines({ has, value }: Options): number {
  const given = value('header') ?? '';
  return has('header') ? Number(given === '' ? 1 : given) : 0;
}

const SCALES: ReadonlySet<string> = new Set(['none', 'si', 'iec', 'iec-i', 'auto']);

function lookOf(t: Tool, { value }: Options): Look {
  const scale = (name: 'from' | 'to'): Scale => {
    const word = value(name) ?? 'none';
    if (!SCALES.has(word) || (name === 'to' && word === 'auto')) refuse(t, `--${name}=${word}`);
    return word as Scale;
  };
  return {
    from: scale('from'),
    to: scale('to'),
    suffix: value('suffix') ?? '',
    padding: Number(value('padding') ?? 0),
    fields: fieldsOf(t, value('field') ?? '1'),
    delimiter: value('d'),
    round: roundingOf(t, value('round') ?? 'from-zero'),
  };
}

function fieldsOf(t: Tool, word: string): ReadonlySet<number> | 'all' {
  if (word === '-') return 'all';
  if (!/^\d+(?:,\d+)*$/.test(word)) refuse(t, `--field=${word}`);
  return new Set(word.split(',').map(Number));
}

function roundingOf(t: Tool, word: string): (x: number) => number {
  switch (word) {
    case 'up':
      return Math.ceil;
    case 'down':
      return Math.floor;
    case 'from-zero':
      return (x) => Math.sign(x) * Math.ceil(Math.abs(x));
    case 'towards-zero':
      return Math.trunc;
    case 'nearest':
      return (x) => Math.sign(x) * Math.round(Math.abs(x));
    default:
      return refuse(t, `--round=${word}`);
  }
}

function convertLine(t: Tool, look: Look, line: string): string {
  const { delimiter, fields } = look;
  const isChosen = (i: number): boolean => fields === 'all' || fields.has(i + 1);
  if (delimiter !== undefined)
    return line
      .split(delimiter)
      .map((field, i) => (isChosen(i) ? convert(t, look, field, 0) : field))
      .join(delimiter);
  // Blanks before a field are part of its width.
  const parts = line.match(/[ \t]*[^ \t]+/g) ?? [];
  return parts
    .map((part, i) => {
      if (!isChosen(i)) return part;
      const word = part.trimStart();
      return convert(t, look, word, i === 0 && part === word ? 0 : part.length);
    })
    .join('');
}

const LETTERS = 'KMGTPEZY';

function convert(t: Tool, look: Look, word: string, width: number): string {
  const { to, suffix, padding, round } = look;
  const bare = suffix !== '' && word.endsWith(suffix) ? word.slice(0, -suffix.length) : word;
  const value = parse(t, look, bare);
  const text = (to === 'none' ? plain(t, bare, value, round) : scaled(value, to, round)) + suffix;
  if (padding !== 0) return padding > 0 ? text.padStart(padding) : text.padEnd(-padding);
  return text.padStart(width);
}

function parse(t: Tool, { from }: Look, word: string): number {
  const match = /^(-?\d+(?:\.\d+)?)([KMGTPEZYkm]?)(i?)$/.exec(word);
  if (match === null) {
    const why = /^-?\d/.test(word) ? 'invalid suffix in input' : 'invalid number';
    fail(t, `${why}: ${quote(t, word)}`, 2);
  }
  const [, digits = '', letter = '', i = ''] = match;
  if (letter === '') return Number(digits);
  checkSuffix(t, { from, word, i });
  const base = from === 'si' || (from === 'auto' && i === '') ? 1000 : 1024;
  return Number(digits) * base ** (LETTERS.indexOf(letter.toUpperCase()) + 1);
}

interface Suffixed {
  readonly from: Scale;
  readonly word: string;
  readonly i: string;
}

function checkSuffix(t: Tool, { from, word, i }: Suffixed): void {
  if (from === 'none')
    fail(t, `rejecting suffix in input: ${quote(t, word)} (consider using --from)`, 2);
  if (i !== '' && from !== 'iec-i' && from !== 'auto')
    fail(t, `invalid suffix in input ${quote(t, word)}: 'i'`, 2);
  if (from === 'iec-i' && i === '')
    fail(t, `missing 'i' suffix in input: ${quote(t, word)} (e.g Ki/Mi/Gi)`, 2);
}

/** A number without a unit keeps all of its digits; one that had a unit becomes whole. */
function plain(t: Tool, word: string, value: number, round: (x: number) => number): string {
  const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(word) ?? [];
  const digits = whole === undefined ? String(BigInt(round(value))) : String(BigInt(whole));
  // The places of the fraction count, too.
  const places = fraction === '' ? 0 : fraction.length - 1;
  if (digits.replace('-', '').length + places > 19) {
    const what = places > 0 ? 'value/precision' : 'value';
    const after = places > 0 ? `/${places}` : '';
    fail(
      t,
      `${what} too large to be printed: '${formatG(value)}${after}' (consider using --to)`,
      2,
    );
  }
  return sign + digits + fraction;
}

/** %g */
function formatG(value: number): string {
  const text = value.toPrecision(6);
  return text.includes('.') ? text.replace(/\.?0+(?=e|$)/, '') : text;
}

/** One decimal below ten, none above. Rounding may lead to the next unit. */
function scaled(value: number, to: Scale, round: (x: number) => number): string {
  const base = to === 'si' ? 1000 : 1024;
  let amount = value;
  let power = 0;
  while (Math.abs(amount) >= base && power < LETTERS.length) {
    amount /= base;
    power++;
  }
  if (power === 0) return String(round(amount));
  const rounded = Math.abs(amount) < 10 ? round(amount * 10) / 10 : round(amount);
  if (Math.abs(rounded) >= base && power < LETTERS.length)
    return `1.0${LETTERS[power]}${to === 'iec-i' ? 'i' : ''}`;
  const text = Math.abs(rounded) < 10 ? rounded.toFixed(1) : String(Math.trunc(rounded));
  return `${text}${LETTERS[power - 1]}${to === 'iec-i' ? 'i' : ''}`;
}

export const numfmt: Program = tool(main);
