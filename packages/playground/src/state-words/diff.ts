// diff.ts — Which words of a text were not there before: line by line, word by word.

export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

/** A line is held against the one that begins with the same word, for lines come and go. */
export function diffWords(before: string, after: string): Piece[][] {
  const old = new Map<string, string[]>();
  for (const line of before.split('\n')) old.set(keyOf(line), split(line));
  return after.split('\n').map((line) => {
    const was = old.get(keyOf(line));
    return split(line).map((text, i) => ({
      text,
      changed: text.trim() !== '' && was?.[i] !== text,
    }));
  });
}

const split = (line: string): string[] => line.split(/(\s+)/);
const keyOf = (line: string): string => /^\S*/.exec(line)?.[0] ?? '';
