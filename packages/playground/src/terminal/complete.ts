// complete.ts — Completes a word that is being typed: to a command, a device's name, or a path.

export interface Word {
  readonly text: string;
  /** The index in the line at which the word begins. */
  readonly start: number;
  readonly isCommand: boolean;
}

/** Returns the word before the cursor. */
export function wordAt(line: string, cursor: number): Word {
  const before = line.slice(0, cursor);
  const start =
    Math.max(...[' ', '>', '<', '|', ';', '&', '('].map((c) => before.lastIndexOf(c))) + 1;
  const rest = before.slice(0, start).trimEnd();
  return { text: before.slice(start), start, isCommand: rest === '' || /[|;&(]$/.test(rest) };
}

/** Splits a path into the folder whose names may complete it, and the beginning of the name. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '.' : path.slice(0, slash + 1), name: path.slice(slash + 1) };
}

/** Returns the longest text that all words begin with. */
export function commonStart(words: readonly string[]): string {
  let [common = ''] = words;
  for (const word of words) {
    while (!word.startsWith(common)) common = common.slice(0, -1);
  }
  return common;
}

export interface Completion {
  /** The text to insert at the cursor. */
  readonly added: string;
  /** All candidates, if there are several. */
  readonly choices: readonly string[];
}

/** The candidates are whole words. One that ends in a slash is a folder, and the word is not complete with it. */
export function complete(typed: string, candidates: readonly string[]): Completion {
  const fitting = [...new Set(candidates)].filter((word) => word.startsWith(typed)).toSorted();
  const [only] = fitting;
  if (only === undefined) return { added: '', choices: [] };
  if (fitting.length === 1) {
    return { added: only.slice(typed.length) + (only.endsWith('/') ? '' : ' '), choices: [] };
  }
  return { added: commonStart(fitting).slice(typed.length), choices: fitting };
}
