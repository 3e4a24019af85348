// escapes.ts — Decodes the backslash escapes of echo -e, and of printf's formats and %b.

/** The escapes of one letter that C has. */
export const C_ESCAPES: Readonly<Record<string, string | undefined>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const SIMPLE: typeof C_ESCAPES = { ...C_ESCAPES, e: '\x1b' };

/** Decodes escapes for echo -e. `stop` is true after `\c`, which ends all output. */
export function unescapeEcho(text: string): { text: string; stop: boolean } {
  return unescapeWith(text, /\\(0[0-7]{0,3}|x[\da-fA-F]{1,2}|[^])/g);
}

/** Decodes escapes for %b: those of echo -e, and octal ones without the leading zero. */
export function unescapeArgument(text: string): { text: string; stop: boolean } {
  return unescapeWith(text, /\\(0[0-7]{0,3}|[0-7]{1,3}|x[\da-fA-F]{1,2}|[^])/g);
}

/** Decodes escapes in a format, including `\"`. */
export function unescapeFormat(text: string): { text: string; stop: boolean } {
  return unescapeWith(text.replaceAll('\\"', '"'), /\\([0-7]{1,3}|x[\da-fA-F]{1,2}|[^])/g);
}

function unescapeWith(text: string, pattern: RegExp): { text: string; stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false };
  let out = '';
  let copied = 0;
  for (const match of text.matchAll(pattern)) {
    const [all, what = ''] = match;
    out += text.slice(copied, match.index);
    if (what === 'c') return { text: out, stop: true };
    copied = match.index + all.length;
    if (/^[0-7]/.test(what)) out += String.fromCharCode(Number.parseInt(what, 8) & 0xff);
    else if (/^x./.test(what)) out += String.fromCharCode(Number.parseInt(what.slice(1), 16));
    else out += SIMPLE[what] ?? all;
  }
  return { text: out + text.slice(copied), stop: false };
}
