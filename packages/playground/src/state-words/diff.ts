// diff.ts — Marks the words of a text that are new, line by line.

export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

/** Compares each line with the old line that begins with the same word, since lines come and go. */
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
