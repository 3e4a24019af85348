// regular-expression.ts — POSIX extended regular expressions as JavaScript's.
//
// Alternatives differ in principle (POSIX takes the longest, JavaScript the first that matches); for a match as such,
// which is what `=~` asks, the answer is the same.

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: String.raw` \t\n\v\f\r`,
  blank: String.raw` \t`,
  punct: String.raw`!-\/:-@\[-\`{-~`,
  xdigit: '0-9A-Fa-f',
  cntrl: String.raw`\x00-\x1f\x7f`,
  print: ' -~',
  graph: '!-~',
};

/** undefined when it is none. */
export function toRegExp(source: string, ignoreCase: boolean): RegExp | undefined {
  const translated = translate(source);
  if (translated === undefined) return undefined;
  try {
    return new RegExp(translated, ignoreCase ? 'is' : 's');
  } catch {
    return undefined;
  }
}

function translate(source: string): string | undefined {
  let out = '';
  for (let i = 0; i < source.length;) {
    const char = source.charAt(i);
    if (char === '[') {
      const set = translateSet(source, i);
      if (set === undefined) return undefined;
      out += set.text;
      i = set.end;
    } else if (char === '\\') {
      out += escaped(source.charAt(i + 1));
      i += 2;
    } else {
      // JavaScript's own extensions begin with `(?`; in POSIX that is an error.
      if (char === '(' && source.charAt(i + 1) === '?') return undefined;
      const literal = char === '/' || (char === '{' && !/^\{\d+(?:,\d*)?\}/.test(source.slice(i)));
      out += literal ? `\\${char}` : char;
      i++;
    }
  }
  return out;
}

/** GNU's operators of one letter are the same in JavaScript, but for the borders of words. */
function escaped(char: string): string {
  if (char === '<') return String.raw`\b(?=\w)`;
  if (char === '>') return String.raw`\b(?<=\w)`;
  if (/[wWsSbB]/.test(char)) return `\\${char}`;
  return /[A-Za-z0-9]/.test(char) || char === '' ? char : `\\${char}`;
}

function translateSet(source: string, open: number): { text: string; end: number } | undefined {
  let i = open + 1;
  let text = '[';
  if (source.charAt(i) === '^') {
    text += '^';
    i++;
  }
  for (let first = true; ; first = false) {
    const char = source.charAt(i);
    if (char === '') return undefined;
    if (char === ']' && !first) return { text: `${text}]`, end: i + 1 };
    const named = /^\[:([a-z]+):\]/.exec(source.slice(i, i + 12));
    if (named !== null) {
      const members = CLASSES[named[1] as string];
      if (members === undefined) return undefined;
      text += members;
      i += named[0].length;
    } else {
      // A backslash is an ordinary character between brackets; one that came from quoting was put there by us.
      const quoted = char === '\\' && /[\\^$.*+?()[\]{}|]/.test(source.charAt(i + 1));
      const member = quoted ? source.charAt(++i) : char;
      text += /[\\\][^]/.test(member) ? `\\${member}` : member;
      i++;
    }
  }
}
