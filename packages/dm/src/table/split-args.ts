// split-args.ts — A target's parameters as words. Mirrors dm-table.c: dm_split_args.

/** Words are separated by white space. A backslash takes away the next character's meaning; quotes have none. */
export const splitArgs = (params: string): string[] =>
  params.includes('\\') ? escapedWords(params) : plainWords(params);

function plainWords(params: string): string[] {
  const words: string[] = [];
  let from = -1;
  for (let i = 0; i < params.length; i++) {
    if (!isSpace(params.charCodeAt(i))) {
      if (from < 0) from = i;
    } else if (from >= 0) {
      words.push(params.slice(from, i));
      from = -1;
    }
  }
  if (from >= 0) words.push(params.slice(from));
  return words;
}

function escapedWords(params: string): string[] {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  for (let i = 0; i < params.length; i++) {
    const c = params[i] as string;
    if (isSpace(params.charCodeAt(i))) {
      if (inWord) words.push(word);
      word = '';
      inWord = false;
      continue;
    }
    inWord = true;
    if (c === '\\' && i + 1 < params.length) word += params[++i] as string;
    else word += c;
  }
  if (inWord) words.push(word);
  return words;
}

const BLANK = 0x20;
const TAB = 0x09;
const CR = 0x0d;
const NO_BREAK_SPACE = 0xa0;

/** isspace: blank, tab, newline, VT, FF, CR, and a blank that doesn't break (the kernel's table is that of Latin 1). */
const isSpace = (code: number): boolean =>
  code === BLANK || (code >= TAB && code <= CR) || code === NO_BREAK_SPACE;
