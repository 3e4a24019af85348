// value-type.ts — The kinds of values that keywords take: how each is parsed and printed, and the message for a wrong one. Mirrors libmultipath/dict.c.
import { parseKey, shownKey } from './reservation-key.ts';
import type { Value } from './settings.ts';

/** The result of parsing a value. */
export type ParsedValue =
  /** `warning` says that the value was changed to fit, `complaints` are lines about parts of it that are ignored. */
  | {
      readonly kind: 'value';
      readonly value: Value;
      readonly warning?: string;
      readonly complaints?: readonly string[];
    }
  /** The keyword keeps the value it had; `message` follows `FILE line N, `. */
  | { readonly kind: 'ignored'; readonly message: string }
  /** As if the section did not have the keyword: the real one has no other mark for that than this value. */
  | { readonly kind: 'unset'; readonly warning?: string }
  /** The line could not be parsed: the log says so, and the whole file is refused. */
  | { readonly kind: 'failed' };

export interface ValueType {
  readonly parse: (text: string, keyword: string) => ParsedValue;
  readonly print: (value: Value) => string;
  /** The value after an invalid one, if there was none before. */
  readonly afterInvalid?: Value;
}

const MAX_INT = 2 ** 31 - 1;
const MAX_UINT = 2 ** 32 - 1;
const MAX_LONG = 2n ** 63n - 1n;

/** A quotation mark within is doubled. */
export const quoted = (value: Value): string => `"${String(value).replaceAll('"', '""')}"`;
const bare = String;
/** Words are quoted, numbers are not. */
const wordQuoted = (value: Value): string =>
  typeof value === 'number' ? bare(value) : quoted(value);

const valued = (value: Value): ParsedValue => ({ kind: 'value', value });

const invalid = (text: string, keyword: string): ParsedValue => ({
  kind: 'ignored',
  message: `invalid value for ${keyword}: "${text}"`,
});

/** strtol(3) to the end of the text, white space around it allowed; what is too large or too small is capped. */
function parseInteger(
  text: string,
  keyword: string,
  { min, max }: { readonly min: number; readonly max: number },
): ParsedValue {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return invalid(text, keyword);
  const number = Number(text);
  if (number >= min && number <= max) return valued(number === 0 ? 0 : number);
  const capped = number > max ? max : min;
  const size = number > max ? 'large' : 'small';
  return {
    kind: 'value',
    value: capped,
    warning: `value for ${keyword} too ${size}, capping at ${capped}`,
  };
}

/** `sd:ID_SERIAL dasd:ID_UID`: records without a colon are left out. */
export const uidRecords: ValueType = {
  parse(text) {
    const words = text.split(/\s+/).filter((word) => word !== '');
    const wrong = words.filter((word) => !word.includes(':'));
    const value = words.filter((word) => word.includes(':')).join(' ');
    if (wrong.length === 0) return valued(value);
    const complaints = wrong.map((word) => `invalid record in uid_attrs: ${word}`);
    return { kind: 'value', value, complaints, warning: `error parsing uid_attrs: "${text}"` };
  },
  print: bare,
};

export const integer = (min: number = 0, max: number = MAX_INT): ValueType => ({
  parse: (text, keyword) => parseInteger(text, keyword, { min, max }),
  print: bare,
});

/** Zero is printed as nothing, as if it had not been said. */
export const silentAtZero = ({ parse, print }: ValueType): ValueType => ({
  parse,
  print: (value) => (value === 0 ? '' : print(value)),
});

export const unsigned: ValueType = {
  parse(text, keyword) {
    if (!/^\s*\d+\s*$/.test(text) || Number(text) > MAX_UINT) return invalid(text, keyword);
    return valued(Number(text));
  },
  print: bare,
};

/** `nothing` is as if the keyword were not there: it keeps its default. */
export const unsetAt = (nothing: Value, { parse, print }: ValueType): ValueType => ({
  print,
  parse(word, keyword) {
    const parsed = parse(word, keyword);
    if (parsed.kind !== 'value' || parsed.value !== nothing) return parsed;
    const { warning } = parsed;
    return { kind: 'unset', ...(warning === undefined ? {} : { warning }) };
  },
});

/** The greatest number means that there is none. Where it would be meant, or a wrong value leaves it, it is one less. */
export const interval: ValueType = {
  print: bare,
  parse(text, keyword) {
    const parsed = unsigned.parse(text, keyword);
    return parsed.kind === 'value' ? valued(Math.min(Number(parsed.value), MAX_UINT - 1)) : parsed;
  },
  afterInvalid: MAX_UINT - 1,
};

/** What sscanf(3) reads as `%u`, or for octal digits as `%o`: 64 bits, of which 32 are kept. Null for what does not begin with a number. */
export function scanUnsigned(text: string, base: 'decimal' | 'octal' = 'decimal'): number | null {
  const match = /^\s*([+-]?)(\d+)/.exec(text);
  const digits = base === 'octal' ? /^[0-7]+/.exec(match?.[2] ?? '')?.[0] : match?.[2];
  if (match === null || digits === undefined) return null;
  const read = BigInt(base === 'octal' ? `0o${digits}` : digits);
  const bits = read > MAX_UINT64 ? MAX_UINT64 : match[1] === '-' ? -read : read;
  return Number(BigInt.asUintN(32, bits));
}

const MAX_UINT64 = 2n ** 64n - 1n;

/** `infinity`, or a number: the greatest is infinity, and zero is nothing. */
export const lossTime: ValueType = {
  parse(text, keyword) {
    if (text === 'infinity') return valued(text);
    const number = scanUnsigned(text);
    if (number === null) return invalid(text, keyword);
    if (number === 0) return { kind: 'unset' };
    return valued(number === MAX_UINT ? 'infinity' : number);
  },
  print: wordQuoted,
};

/** One of these words, with anything behind it. */
export const beginsWith = (words: readonly string[]): ValueType => ({
  parse(text, keyword) {
    const word = words.find((one) => text.startsWith(one));
    return word === undefined ? invalid(text, keyword) : valued(word);
  },
  print: quoted,
});

/** One of `words`, or a word that means the same as one of them. */
export const oneOf = (
  words: readonly string[],
  synonyms: Readonly<Record<string, string>> = {},
): ValueType => ({
  parse(text, keyword) {
    const word = Object.hasOwn(synonyms, text) ? (synonyms[text] as string) : text;
    return words.includes(word) ? valued(word) : invalid(text, keyword);
  },
  print: quoted,
});

export const yesNo: ValueType = oneOf(['yes', 'no'], { '1': 'yes', '0': 'no' });

const offOn: ValueType = oneOf(['off', 'on'], { no: 'off', '0': 'off', yes: 'on', '1': 'on' });

/** Debian builds multipath-tools without what notices of a fabric (`fpin`) need. */
export const marginalGroups: ValueType = {
  parse: (text, keyword) =>
    text === 'fpin'
      ? { kind: 'ignored', message: `support for "fpin" is not compiled in for ${keyword}` }
      : offOn.parse(text, keyword),
  print: offOn.print,
};

/** A word, or a number from `min` on. */
export const wordOrInteger = (
  words: Readonly<Record<string, string>>,
  { min = 1, bareWords = false }: { readonly min?: number; readonly bareWords?: boolean } = {},
): ValueType => ({
  parse: (text, keyword) =>
    Object.hasOwn(words, text)
      ? valued(words[text] as string)
      : parseInteger(text, keyword, { min, max: MAX_INT }),
  print: bareWords ? bare : wordQuoted,
});

/** The most files that Linux lets a process open, unless /proc/sys/fs/nr_open says otherwise. */
const MAX_OPEN_FILES = 2 ** 20;

/** `max`, or a number up to the greatest that the system allows, which is the same as `max`. */
export const openFiles: ValueType = {
  parse(text, keyword) {
    if (text === 'max') return valued(text);
    const parsed = parseInteger(text, keyword, { min: 0, max: MAX_OPEN_FILES });
    const isMost = parsed.kind === 'value' && parsed.value === MAX_OPEN_FILES;
    return isMost ? { ...parsed, value: 'max' } : parsed;
  },
  print: wordQuoted,
};

/** `off`, printed without quotes, 0, or a number. */
export const offZeroOrInteger: ValueType = {
  parse: (text, keyword) => {
    if (text === 'off') return valued('off');
    return text === '0' ? valued(0) : parseInteger(text, keyword, { min: 1, max: MAX_INT });
  },
  print: bare,
};

export const text: ValueType = { parse: (word) => valued(word), print: quoted };

export const withoutSlash: ValueType = {
  parse: (word) =>
    word.includes('/')
      ? { kind: 'ignored', message: `${word} cannot contain a slash. Ignoring` }
      : valued(word),
  print: quoted,
};

export const absolutePath: ValueType = {
  parse: (word) =>
    word.startsWith('/')
      ? valued(word)
      : { kind: 'ignored', message: `${word} is not an absolute path. Ignoring` },
  print: quoted,
};

/** Words of which one, at `index`, says how many follow it: `round-robin 0`, `2 pg_init_retries 5`. */
export const counted = (index: number): ValueType => ({
  parse(value, keyword) {
    const words = value.split(/[ \f\r\t\v]+/).filter((word) => word !== '');
    const digits = /^[+-]?\d+$/.exec(words[index] ?? '')?.[0].replace('+', '');
    const count = digits === undefined ? -1n : BigInt(digits);
    if (count < 0n || count > MAX_LONG) {
      return { kind: 'ignored', message: `missing argument count for ${keyword}` };
    }
    const rest = words.length - 1 - index;
    if (Number(count) === rest) return valued(value);
    return {
      kind: 'ignored',
      message: `invalid argument count for ${keyword}:, got '${count}' expected '${rest}'`,
    };
  },
  print: quoted,
});

const MAX_MODE = 0o777;

/** Octal; printed with a leading zero. */
export const mode: ValueType = {
  parse(value, keyword) {
    const number = scanUnsigned(value, 'octal');
    return number === null || number > MAX_MODE ? invalid(value, keyword) : valued(number);
  },
  print: (value) => `0${Number(value).toString(8)}`,
};

/** A user or a group by number; names are looked up before. Printed in octal, as the real one does. */
export const owner: ValueType = {
  parse(value, keyword) {
    const number = scanUnsigned(value);
    return number === null ? invalid(value, keyword) : valued(number);
  },
  print: (value) => `0${Number(value).toString(8)}`,
};

/** Eight bytes in hexadecimal, printed as 0x… without leading zeroes, or `file`, which is quoted. */
export const reservationKey: ValueType = {
  parse(value) {
    if (value === 'file') return valued('file');
    const key = parseKey(value);
    return key === null ? { kind: 'failed' } : valued(shownKey(key));
  },
  print: (value) => (value === 'file' ? quoted(value) : bare(value)),
};
