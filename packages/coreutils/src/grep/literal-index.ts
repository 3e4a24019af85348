// literal-index.ts — Finds those of many patterns that may match a line: most lists of `grep -f` are plain words.

/** The words to look for, and how. */
export interface IndexedWords {
  readonly words: readonly string[];
  /** A line that is not all ASCII may then match in ways that this does not know. */
  readonly ignoreCase: boolean;
}

/** Returns a function that lists the words which occur in a line, by their numbers; null: any of them may. */
export function createLiteralIndex({
  words,
  ignoreCase,
}: IndexedWords): (line: string) => readonly number[] | null {
  const numbers = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    const key = ignoreCase ? word.toLowerCase() : word;
    if (!numbers.has(key)) numbers.set(key, i);
  }
  const lengths = [...new Set(words.map(({ length }) => length))].toSorted((a, b) => a - b);
  return (line) => {
    if (ignoreCase && /[\x80-\xff]/.test(line)) return null;
    const text = ignoreCase ? line.toLowerCase() : line;
    const found = new Set<number>();
    for (const length of lengths) {
      for (let from = 0; from + length <= text.length; from++) {
        const number = numbers.get(text.slice(from, from + length));
        if (number !== undefined) found.add(number);
      }
    }
    return [...found];
  };
}
