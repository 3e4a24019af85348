// listing.ts — The command l of sed prints a line with all its characters visible.

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** Splits the output into lines of at most `width` columns, joined by backslashes; 0 or 1 means no limit. */
export function listing(text: string, width: number): string {
  const limit = width > 1 ? width - 1 : Infinity;
  let out = '';
  let column = 0;
  for (const c of text) {
    const code = c.charCodeAt(0);
    const plain = code >= 32 && code < 127;
    const shown = ESCAPES[c] ?? (plain ? c : `\\${code.toString(8).padStart(3, '0')}`);
    if (column + shown.length > limit) {
      out += '\\\n';
      column = 0;
    }
    out += shown;
    column += shown.length;
  }
  return `${out}$`;
}
