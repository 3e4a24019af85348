// assignment.ts — `name=value` from the command line, by -v or among the files.
import type { Interpreter } from './interpreter.ts';
import { setGlobal } from './interpreter.ts';
import { unescape } from './lex.ts';
import { Input } from './value.ts';

/** `name=value`, its escapes taken; false when it is none. */
export function assignFromText(m: Interpreter, text: string): boolean {
  const match = /^([A-Za-z_]\w*)=([^]*)$/.exec(text);
  if (match === null) return false;
  const [, name = '', value = ''] = match;
  setGlobal(m, name, new Input(unescape(value)));
  return true;
}
