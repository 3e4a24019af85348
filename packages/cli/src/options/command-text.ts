// command-text.ts — A command line as messages and reports show it, ready to be run again.

/** As a shell takes the word. */
export const quote = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

export const commandText = (words: readonly string[]): string =>
  ['dmsim', ...words].map(quote).join(' ');
