// fields.ts — Gathers the pieces of an expanded word into fields: word splitting, then patterns against the tree.
import { escapePattern } from '@dmsim/libc';

export interface Fields {
  readonly out: string[];
  /** The current field: as text, and as a pattern with its quoted special characters escaped. */
  text: string;
  pattern: string;
  exists: boolean;
  hasPattern: boolean;
  /** The value of `$IFS`. */
  readonly ifs: string;
  /** Expands a pattern to names; undefined if the field stays as it is. */
  readonly glob: (pattern: string, text: string) => readonly string[] | undefined;
}

export const createFields = (ifs: string, glob: Fields['glob']): Fields => ({
  out: [],
  text: '',
  pattern: '',
  exists: false,
  hasPattern: false,
  ifs,
  glob,
});

export function addQuoted(fields: Fields, text: string): void {
  fields.exists = true;
  fields.text += text;
  fields.pattern += escapePattern(text);
}

/** Adds unquoted text of the script itself, which is not split. */
export function addLiteral(fields: Fields, text: string): void {
  fields.exists = true;
  fields.text += text;
  fields.pattern += text;
  if (/[*?[]|[@+!]\(/.test(text)) fields.hasPattern = true;
}

/** Splits an unquoted value. A run of IFS white space ends a field, and so does each other IFS character. */
export function addSplit(fields: Fields, value: string): void {
  const { ifs } = fields;
  if (ifs === '' || !containsAny(value, ifs)) {
    if (value !== '') addLiteral(fields, value);
    return;
  }
  let start = 0;
  for (let i = 0; i < value.length;) {
    if (!ifs.includes(value.charAt(i))) {
      i++;
      continue;
    }
    if (i > start) addLiteral(fields, value.slice(start, i));
    const end = delimiterEnd(value, i, ifs);
    const hard = value.slice(i, end).search(/[^ \t\n]/) >= 0;
    if (hard || fields.exists) endField(fields, hard);
    i = end;
    start = i;
  }
  if (start < value.length) addLiteral(fields, value.slice(start));
}

function containsAny(value: string, chars: string): boolean {
  for (let i = 0; i < value.length; i++) if (chars.includes(value.charAt(i))) return true;
  return false;
}

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n';

/** Returns the end of a delimiter: white space around at most one other IFS character. */
function delimiterEnd(value: string, at: number, ifs: string): number {
  let i = skipSpace(value, at, ifs);
  if (i < value.length && ifs.includes(value.charAt(i)) && !isSpace(value.charAt(i))) {
    i = skipSpace(value, i + 1, ifs);
  }
  return i;
}

function skipSpace(value: string, at: number, ifs: string): number {
  let i = at;
  while (i < value.length && isSpace(value.charAt(i)) && ifs.includes(value.charAt(i))) i++;
  return i;
}

/** Ends the current field. With `force`, it adds an empty field if there is none. */
export function endField(fields: Fields, force = false): void {
  if (!fields.exists && !force) return;
  const names = fields.hasPattern ? fields.glob(fields.pattern, fields.text) : undefined;
  if (names === undefined) fields.out.push(fields.text);
  else for (const name of names) fields.out.push(name);
  fields.text = '';
  fields.pattern = '';
  fields.exists = false;
  fields.hasPattern = false;
}
