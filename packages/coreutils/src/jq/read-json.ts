// read-json.ts — Reads JSON as jq 1.6 does: value after value, with its error messages. Mirrors jv_parse.c.
import type { JqObject, JqValue } from './value.ts';
import { raise } from './value.ts';

/** An input is not JSON. The message is jq's. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** A text, and how far it has been read. */
export interface Reader {
  readonly text: string;
  at: number;
}

/** Reads one value, for `fromjson`. Raises errors that a filter can catch. */
export function parseJson(text: string): JqValue {
  try {
    const values = [...readJson(text)];
    return values[0] ?? null;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return raise(`${error.message} (while parsing '${text}')`);
  }
}

export const readJson = (text: string): Generator<JqValue, void> => readAll({ text, at: 0 });

/** Yields all values. `r.at` is where the last one ended. */
export function* readAll(r: Reader): Generator<JqValue, void> {
  for (;;) {
    skipSpace(r);
    if (r.at >= r.text.length) return;
    yield readValue(r);
  }
}

function skipSpace(r: Reader): void {
  while (r.at < r.text.length && ' \t\r\n'.includes(r.text.charAt(r.at))) r.at++;
}

/** `line 2, column 0`: the place after the offending character. */
function place({ text }: Reader, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length}`;
}

function fail(r: Reader, message: string, at: number): never {
  throw new JsonError(`${message} at ${place(r, at)}`);
}

function unfinished(r: Reader): never {
  throw new JsonError(`Unfinished JSON term at EOF at ${place(r, r.text.length)}`);
}

function readValue(r: Reader): JqValue {
  skipSpace(r);
  const char = r.text.charAt(r.at);
  if (char === '') return unfinished(r);
  if (char === '{') return readObject(r);
  if (char === '[') return readArray(r);
  if (char === '"') return readString(r);
  return readWord(r);
}

function readArray(r: Reader): JqValue {
  r.at++;
  const items: JqValue[] = [];
  skipSpace(r);
  if (r.text.charAt(r.at) === ']') {
    r.at++;
    return items;
  }
  for (;;) {
    skipSpace(r);
    if (r.text.charAt(r.at) === ']') fail(r, 'Expected another array element', r.at + 1);
    items.push(readValue(r));
    skipSpace(r);
    const char = r.text.charAt(r.at++);
    if (char === ']') return items;
    if (char === '') unfinished(r);
    if (char !== ',') fail(r, 'Expected separator between values', r.at);
  }
}

function readObject(r: Reader): JqValue {
  r.at++;
  const object: JqObject = new Map();
  skipSpace(r);
  if (r.text.charAt(r.at) === '}') {
    r.at++;
    return object;
  }
  for (;;) {
    skipSpace(r);
    if (r.text.charAt(r.at) === '}') fail(r, 'Objects must consist of key:value pairs', r.at + 1);
    const key = readValue(r);
    if (typeof key !== 'string') fail(r, 'Object keys must be strings', r.at + 1);
    skipSpace(r);
    const colon = r.text.charAt(r.at);
    if (colon === '') unfinished(r);
    if (colon !== ':') fail(r, 'Objects must consist of key:value pairs', r.at + 1);
    r.at++;
    skipSpace(r);
    const first = r.text.charAt(r.at);
    if (first === '}' || first === ']') fail(r, `Unmatched '${first}'`, r.at + 1);
    object.set(key, readValue(r));
    skipSpace(r);
    const char = r.text.charAt(r.at++);
    if (char === '}') return object;
    if (char === '') unfinished(r);
    if (char !== ',') fail(r, 'Expected separator between values', r.at);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readString(r: Reader): string {
  let text = '';
  for (let i = r.at + 1; i < r.text.length; i++) {
    const char = r.text.charAt(i);
    if (char === '"') {
      r.at = i + 1;
      return text;
    }
    if (char !== '\\') {
      text += char;
      continue;
    }
    const next = r.text.charAt(++i);
    if (next === 'u') {
      const hex = r.text.slice(i + 1, i + 5);
      if (!/^[\da-f]{4}$/i.test(hex)) fail(r, 'Invalid escape', closingQuote(r, i));
      text += String.fromCharCode(Number.parseInt(hex, 16));
      i += 4;
      continue;
    }
    text += ESCAPES[next] ?? fail(r, 'Invalid escape', closingQuote(r, i));
  }
  throw new JsonError(`Unfinished string at EOF at ${place(r, r.text.length)}`);
}

/** The place of the error for a bad escape: jq looks at escapes when the string is complete. */
function closingQuote({ text }: Reader, from: number): number {
  const end = text.indexOf('"', from);
  return end < 0 ? text.length : end + 1;
}

const WORDS: Readonly<Record<string, JqValue>> = { true: true, false: false, null: null, nan: NaN };

/** A number, or one of the words. jq recognizes it at the character after it, and gives that place in its message. */
function readWord(r: Reader): JqValue {
  const start = r.at;
  while (r.at < r.text.length && !' \t\r\n,:[]{}"'.includes(r.text.charAt(r.at))) r.at++;
  const word = r.text.slice(start, r.at);
  if (word === '') fail(r, `Unexpected '${r.text.charAt(r.at)}'`, r.at + 1);
  const value = WORDS[word];
  if (value !== undefined) return value;
  if (/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) return Number(word);
  const isEnd = r.at >= r.text.length;
  return fail(r, `Invalid numeric literal${isEnd ? ' at EOF' : ''}`, isEnd ? r.at : r.at + 1);
}
