// escapes.ts — Backslash escapes of `echo -e`, of `printf` formats, and of `%b`.

export interface Unescaped {
  readonly text: string;
  /** True after `\c`, which ends the output. */
  readonly stop: boolean;
  /** The escapes without their digits, of which printf complains. */
  readonly incomplete: readonly Incomplete[];
}

export interface Incomplete {
  /** How much of the text comes before it. */
  readonly at: number;
  readonly message: string;
}

const NONE: readonly Incomplete[] = [];

const SINGLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Returns a byte as text. From 128 on this is a lone surrogate, which `encodeUtf8` turns back into the byte. */
export const byteText = (code: number): string =>
  String.fromCharCode(code < 0x80 ? code : 0xdc00 + (code & 0xff));

export interface EscapeRules {
  /** Octal escapes: `\0nnn` (`zero`, for echo), `\nnn` (`plain`, for formats), or both (for %b). */
  readonly octal: 'zero' | 'plain' | 'both';
  /** Accepts `\"` and `\'`, as formats do. */
  readonly quotes: boolean;
  /** Lets `\c` end the output. */
  readonly stop: boolean;
  /** Takes `\x{41}` and `\cA`, as `$'…'` does. */
  readonly braces?: boolean;
}

export function unescape(text: string, rules: EscapeRules): Unescaped {
  if (!text.includes('\\')) return { text, stop: false, incomplete: NONE };
  let out = '';
  const incomplete: Incomplete[] = [];
  for (let i = 0; i < text.length;) {
    if (text.charAt(i) !== '\\' || i + 1 >= text.length) {
      out += text.charAt(i++);
      continue;
    }
    if (text.charAt(i + 1) === 'c' && rules.stop) return { text: out, stop: true, incomplete };
    const one = readEscape(text, i + 1, rules);
    if (one.lacks !== undefined) {
      const message = `missing ${one.lacks} digit for \\${text.charAt(i + 1)}`;
      incomplete.push({ at: out.length, message });
    }
    out += one.text;
    i = one.end;
  }
  return { text: out, stop: false, incomplete };
}

interface Escape {
  readonly text: string;
  readonly end: number;
  /** The kind of digits that do not follow its letter. */
  readonly lacks?: string | undefined;
}

/** Decodes an escape; `at` is the index after the backslash. */
function readEscape(text: string, at: number, rules: EscapeRules): Escape {
  const char = text.charAt(at);
  const single = SINGLE[char];
  if (single !== undefined) return { text: single, end: at + 1 };
  if (rules.quotes && (char === '"' || char === "'" || char === '?')) {
    return { text: char, end: at + 1 };
  }
  const octal = OCTAL[rules.octal].exec(text.slice(at, at + 4));
  if (octal !== null) {
    const code = Number.parseInt(octal[0], 8);
    return { text: byteText(code & 0xff), end: at + octal[0].length };
  }
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(text.slice(at, at + 3));
  if (hex !== null) {
    return { text: byteText(Number.parseInt(hex[1] as string, 16)), end: at + hex[0].length };
  }
  const own = rules.braces === true ? readAnsi(text, at) : undefined;
  if (own !== undefined) return own;
  const unicode = /^(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(text.slice(at, at + 9));
  if (unicode !== null) {
    const code = Number.parseInt((unicode[1] ?? unicode[2]) as string, 16);
    return { text: unicodeText(code), end: at + unicode[0].length };
  }
  return { text: `\\${char}`, end: at + 1, lacks: DIGITS[char] };
}

/** The escapes that only `$'…'` has. */
function readAnsi(text: string, at: number): Escape | undefined {
  if (text.charAt(at) === 'c' && at + 1 < text.length)
    return { text: controlText(text.charAt(at + 1)), end: at + 2 };
  const inBraces = /^x\{([0-9A-Fa-f]+)\}?/.exec(text.slice(at));
  if (inBraces === null) return undefined;
  const code = Number.parseInt(inBraces[1] as string, 16);
  return { text: byteText(code & 0xff), end: at + inBraces[0].length };
}

/** The control character of a letter. */
const controlText = (letter: string): string =>
  String.fromCharCode(letter === '?' ? 0x7f : letter.toUpperCase().charCodeAt(0) & 0x1f);

const DIGITS: Readonly<Record<string, string>> = { x: 'hex', u: 'unicode', U: 'unicode' };

/** The C locale only has ASCII characters. For any other, bash prints the escape itself, in its own spelling. */
function unicodeText(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const digits = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}

const OCTAL = {
  zero: /^0[0-7]{0,3}/,
  plain: /^[0-7]{1,3}/,
  both: /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/,
} as const;
