// complete.ts — What a word that is being typed could become: commands, devices' names, or paths.

export interface Word {
  readonly text: string;
  /** Where it begins in the line. */
  readonly start: number;
  readonly isCommand: boolean;
}

/** The word before the cursor. */
export function wordAt(line: string, cursor: number): Word {
  const before = line.slice(0, cursor);
  const start =
    Math.max(...[' ', '>', '<', '|', ';', '&', '('].map((c) => before.lastIndexOf(c))) + 1;
  const rest = before.slice(0, start).trimEnd();
  return { text: before.slice(start), start, isCommand: rest === '' || /[|;&(]$/.test(rest) };
}

/** The folder whose names are wanted for a path, and the beginning of the name. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '.' : path.slice(0, slash + 1), name: path.slice(slash + 1) };
}

/** What all of them begin with. */
export function commonStart(words: readonly string[]): string {
  let [common = ''] = words;
  for (const word of words) {
    while (!word.startsWith(common)) common = common.slice(0, -1);
  }
  return common;
}

export interface Completion {
  /** To be put in at the cursor. */
  readonly added: string;
  /** When there are several: all of them. */
  readonly choices: readonly string[];
}

/** `candidates` are whole words; a folder ends with a slash, and is not yet complete then. */
export function complete(typed: string, candidates: readonly string[]): Completion {
  const fitting = [...new Set(candidates)].filter((word) => word.startsWith(typed)).toSorted();
  const [only] = fitting;
  if (only === undefined) return { added: '', choices: [] };
  if (fitting.length === 1) {
    return { added: only.slice(typed.length) + (only.endsWith('/') ? '' : ' '), choices: [] };
  }
  return { added: commonStart(fitting).slice(typed.length), choices: fitting };
}
