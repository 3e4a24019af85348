// split-args.ts — A target's parameters as words. Mirrors dm-table.c: dm_split_args.

/** Words are separated by white space. A backslash takes away the next character's meaning; quotes have none. */
export function splitArgs(params: string): string[] {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  for (let i = 0; i < params.length; i++) {
    const c = params[i] as string;
    if (/\s/.test(c)) {
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
