// split-args.ts — A target's parameters as words. Mirrors dm-table.c: dm_split_args.

/** Words are separated by white space. A backslash takes away the next character's meaning; quotes have none. */
export function splitArgs(params: string): string[] {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  for (let i = 0; i < params.length; i++) {
    const c = params[i] as string;
    if (isSpace(c)) {
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

/** isspace: blank, tab, newline, VT, FF, CR, and a blank that doesn't break (the kernel's table is that of Latin 1). */
const isSpace = (c: string): boolean => c === ' ' || (c >= '\t' && c <= '\r') || c === '\u00a0';
