// assignment.ts — Assigns `name=value` from the command line: after -v, or among the files.
import type { Interpreter } from './interpreter.ts';
import { setGlobal } from './interpreter.ts';
import { unescape } from './lex.ts';
import { Input } from './value.ts';

/** Performs `name=value` and decodes its escapes; returns false if the text is no assignment. */
export function assignFromText(m: Interpreter, text: string): boolean {
  const match = /^([A-Za-z_]\w*)=([^]*)$/.exec(text);
  if (match === null) return false;
  const [, name = '', value = ''] = match;
  setGlobal(m, name, new Input(unescape(value)));
  return true;
}
