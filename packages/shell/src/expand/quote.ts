// quote.ts — Quotes text so that bash can read it again: xtrace, `printf %q`, `declare -p`.

/** Quotes a word for xtrace, but only if it needs quotes. */
export function quoteForTrace(text: string): string {
  if (text === '') return "''";
  if (needsQuotes(text)) return singleQuote(text);
  return hasControl(text) ? ansiQuote(text) : text;
}

/** Quotes a word for `printf %q`, which uses backslashes instead of quotes. */
export function quoteWithBackslashes(text: string): string {
  if (text === '') return "''";
  if (hasControl(text)) return ansiQuote(text);
  return text.replaceAll(/[\s!"#$&'()*,;<>?[\\\]^`{|}~]/g, (char, at: number) =>
    (char === '#' || char === '~') && at > 0 ? char : `\\${char}`,
  );
}

/** Quotes a value for `${x@Q}` and `set`. */
export const quoteAlways = (text: string): string =>
  hasControl(text) ? ansiQuote(text) : singleQuote(text);

/** Quotes a value for `declare -p`. */
export const doubleQuote = (text: string): string =>
  hasControl(text) ? ansiQuote(text) : `"${text.replaceAll(/["$\\`]/g, '\\$&')}"`;

export const singleQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f\udc80-\udcff]/;

export const hasControl = (text: string): boolean => CONTROL.test(text);

/** Whether the text has characters that mean something to a shell. Mirrors bash's shquote.c: sh_contains_shell_metas. */
export function needsQuotes(text: string): boolean {
  if (/[ \t\n'"\\|&;()<>!{}*[\]?^$`]/.test(text)) return true;
  return text.startsWith('~') || text.startsWith('#') || /[=:]~/.test(text);
}

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\v': String.raw`\v`,
  '\f': String.raw`\f`,
  '\r': String.raw`\r`,
  '\u001b': String.raw`\E`,
  '\\': '\\\\',
  "'": String.raw`\'`,
};

/** `$'…'` */
export function ansiQuote(text: string): string {
  let out = "$'";
  for (const char of text) {
    const code = char.charCodeAt(0) & 0xff;
    const named = NAMED[char];
    if (named !== undefined) out += named;
    else if (CONTROL.test(char)) out += `\\${code.toString(8).padStart(3, '0')}`;
    else out += char;
  }
  return `${out}'`;
}
