// json-parser.ts — Parses tokens into a stream of messages, each complete when its brackets close. Mirrors json-streamer.c, json-parser.c.
import type { Lexer, Token } from './json-lexer.ts';
import { createLexer, feedByte, takeString } from './json-lexer.ts';
import type { Json } from './json.ts';
import { jsonFloat, jsonObject } from './json.ts';

/** How deep brackets may nest, and how many tokens a message may have. */
const MAX_NESTING = 1024;
const MAX_TOKEN_COUNT: number = 2 << 20;

export type Parsed =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'error'; readonly text: string };

export interface JsonStream {
  readonly lexer: Lexer;
  tokens: Token[];
  /** Brackets that are open, by kind; below zero once one has closed too many. */
  braces: number;
  brackets: number;
}

export function createJsonStream(emit: (parsed: Parsed) => void): JsonStream {
  const stream: JsonStream = {
    lexer: createLexer((token) => pushToken(stream, token, emit)),
    tokens: [],
    braces: 0,
    brackets: 0,
  };
  return stream;
}

export function feedBytes(stream: JsonStream, bytes: Uint8Array): void {
  const { lexer } = stream;
  for (let i = 0; i < bytes.length; i++) {
    // Takes most of a string in one go, because most bytes are inside strings.
    const rest = lexer.state === 'string' ? takeString(lexer, bytes, i) : 0;
    i += rest;
    if (i < bytes.length) feedByte(lexer, String.fromCharCode(bytes[i] as number));
  }
}

/** Parses what has arrived when no more bytes will come. An incomplete message gives an error; null if nothing is left. */
export function flushJson(stream: JsonStream): Parsed | null {
  const { tokens } = stream;
  stream.tokens = [];
  return tokens.length === 0 ? null : parseMessage(tokens);
}

function pushToken(stream: JsonStream, token: Token, emit: (parsed: Parsed) => void): void {
  if (token.kind === '{') stream.braces++;
  else if (token.kind === '}') stream.braces--;
  else if (token.kind === '[') stream.brackets++;
  else if (token.kind === ']') stream.brackets--;
  const refusal = refusalOf(stream, token);
  if (refusal === null) {
    stream.tokens.push(token);
    const open = stream.braces > 0 || stream.brackets > 0;
    if (open && stream.braces >= 0 && stream.brackets >= 0) return;
  }
  const { tokens } = stream;
  stream.tokens = [];
  stream.braces = 0;
  stream.brackets = 0;
  emit(refusal === null ? parseMessage(tokens) : { kind: 'error', text: refusal });
}

function refusalOf(stream: JsonStream, token: Token): string | null {
  if (token.kind === 'error')
    return `JSON parse error, stray '${decodeUtf8(token.text) ?? '\uFFFD'}'`;
  if (stream.braces + stream.brackets > MAX_NESTING) return 'JSON nesting depth limit exceeded';
  if (stream.tokens.length >= MAX_TOKEN_COUNT) return 'JSON token count limit exceeded';
  return null;
}

/**
 * Thrown and caught in this file. Not an `Error`, so that wrong input from a client does not cost a stack trace each time.
 */
class ParseProblem {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
}

function parseMessage(tokens: readonly Token[]): Parsed {
  try {
    return { kind: 'value', value: parseValue({ tokens, at: 0 }) };
  } catch (error) {
    if (!(error instanceof ParseProblem)) throw error;
    return { kind: 'error', text: `JSON parse error, ${error.message}` };
  }
}

function next(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.at++];
  if (token === undefined) throw new ParseProblem('premature EOI');
  return token;
}

/** Parses a value. The recursion is bounded, because nesting was checked before. */
function parseValue(cursor: Cursor): Json {
  const token = next(cursor);
  switch (token.kind) {
    case '{':
      return parseObject(cursor);
    case '[':
      return parseArray(cursor);
    case 'string':
      return parseString(token.text);
    case 'integer':
      return parseInteger(token.text);
    case 'float':
      return jsonFloat(Number(token.text));
    case 'keyword':
      return parseKeyword(token.text);
    case '}':
    case ']':
    case ':':
    case ',':
    case 'error':
      throw new ParseProblem('expecting value');
  }
}

function parseKeyword(text: string): Json {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  throw new ParseProblem(`invalid keyword '${text}'`);
}

/** A number that fits neither int64 nor uint64 becomes a float. */
function parseInteger(text: string): Json {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? 0 : value;
  const big = BigInt(text);
  return big >= -(2n ** 63n) && big < 2n ** 64n ? big : jsonFloat(value);
}

function parseObject(cursor: Cursor): Json {
  const object = jsonObject();
  if (cursor.tokens[cursor.at]?.kind === '}') {
    cursor.at++;
    return object;
  }
  for (;;) {
    // As in QEMU, a key is parsed like any value, and only then refused if it is not a string.
    const key = parseValue(cursor);
    if (typeof key !== 'string') throw new ParseProblem('key is not a string in object');
    if (next(cursor).kind !== ':') throw new ParseProblem('missing : in object pair');
    const value = parseValue(cursor);
    if (key in object) throw new ParseProblem('duplicate key');
    object[key] = value;
    const separator = next(cursor);
    if (separator.kind === '}') return object;
    if (separator.kind !== ',') throw new ParseProblem('expected separator in dict');
  }
}

function parseArray(cursor: Cursor): Json {
  const array: Json[] = [];
  if (cursor.tokens[cursor.at]?.kind === ']') {
    cursor.at++;
    return array;
  }
  for (;;) {
    array.push(parseValue(cursor));
    const separator = next(cursor);
    if (separator.kind === ']') return array;
    if (separator.kind !== ',') throw new ParseProblem('expected separator in list');
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Decodes a quoted string: quotes may be ' or ", \u surrogates must come in pairs, all else is UTF-8. */
function parseString(quoted: string): string {
  let out = '';
  const raw = quoted.slice(1, -1);
  if (!raw.includes('\\') && isAscii(raw)) return raw;
  for (let i = 0; i < raw.length; i++) {
    const c = raw.charAt(i);
    if (c !== '\\') {
      out += c;
      continue;
    }
    const escape = raw.charAt(++i);
    if (escape === 'u') {
      const hex = raw.slice(i + 1, i + 5);
      if (!/^[0-9a-fA-F]{4}$/u.test(hex)) throw new ParseProblem('invalid \\u escape in string');
      out += encodeUtf8(Number.parseInt(hex, 16));
      i += 4;
      continue;
    }
    const plain = ESCAPES[escape];
    if (plain === undefined) throw new ParseProblem('invalid escape in string');
    out += plain;
  }
  const text = decodeUtf8(out);
  if (text === null) throw new ParseProblem('invalid UTF-8 sequence in string');
  return text;
}

/**
 * Encodes one UTF-16 unit as bytes-as-characters. A surrogate half becomes three bytes, which `decodeUtf8` joins with the
 * other half.
 */
function encodeUtf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
  return String.fromCharCode(
    0xe0 | (code >> 12),
    0x80 | ((code >> 6) & 0x3f),
    0x80 | (code & 0x3f),
  );
}

function isAscii(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** How many bytes follow the first byte of a character; -1 if it can't be a first byte. */
function extraBytes(lead: number): number {
  if (lead < 0x80) return 0;
  if (lead < 0xc2) return -1;
  if (lead < 0xe0) return 1;
  if (lead < 0xf0) return 2;
  return lead < 0xf5 ? 3 : -1;
}

/** Decodes bytes-as-characters; null if they are not UTF-8. */
function decodeUtf8(bytes: string): string | null {
  if (isAscii(bytes)) return bytes;
  let out = '';
  for (let i = 0; i < bytes.length;) {
    const lead = bytes.charCodeAt(i++);
    const extra = extraBytes(lead);
    if (extra < 0 || i + extra > bytes.length) return null;
    let code = extra === 0 ? lead : lead & (0x3f >> extra);
    for (let k = 0; k < extra; k++) {
      const byte = bytes.charCodeAt(i++);
      if ((byte & 0xc0) !== 0x80) return null;
      code = (code << 6) | (byte & 0x3f);
    }
    out += code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
  }
  return out;
}
