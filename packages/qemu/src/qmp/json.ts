// json.ts — JSON values as QMP has them: integers, floats and members in QEMU's own order.

/** A number with a fraction or an exponent: QMP's schema keeps it apart from an integer. */
export interface JsonFloat {
  readonly float: number;
}

/** Integers are numbers; those beyond 2^53 are bigints, so that an `id` comes back exactly as it was sent. */
export type Json = null | boolean | string | number | bigint | JsonFloat | Json[] | JsonObject;

export interface JsonObject {
  [member: string]: Json;
}

const floats = new WeakSet<object>();

/** Marks the object as a float, so that a client's own member called "float" is never mistaken for one. */
export function jsonFloat(float: number): JsonFloat {
  const value: JsonFloat = { float };
  floats.add(value);
  return value;
}

const isJsonFloat = (value: Json): value is JsonFloat =>
  typeof value === 'object' && value !== null && floats.has(value);

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonFloat(value);

/** Without a prototype: a client may well send a member called `__proto__`. */
export const jsonObject = (): JsonObject => Object.create(null) as JsonObject;

const BUCKETS = 512;

/** Which of 512 buckets QEMU's dictionary (a hash table) keeps a member in; members print bucket by bucket. */
function bucketOf(key: string): number {
  let value = Math.imul(0x238f13af, key.length) >>> 0;
  for (let i = 0; i < key.length; i++) {
    value = (value + ((key.charCodeAt(i) << ((i * 5) % 24)) >>> 0)) >>> 0;
  }
  return ((Math.imul(1103515243, value) + 12345) >>> 0) % BUCKETS;
}

const bucketCache = new Map<string, number>();

function bucket(key: string): number {
  const cached = bucketCache.get(key);
  if (cached !== undefined) return cached;
  const value = bucketOf(key);
  // The cache holds the names of our own vocabulary; a client that invents names must not fill memory.
  if (bucketCache.size < 4096) bucketCache.set(key, value);
  return value;
}

/** In the order in which QEMU prints them; two in one bucket: the later one first. */
export function membersInOrder(object: JsonObject): string[] {
  const keys = Object.keys(object).toReversed();
  return keys.toSorted((a, b) => bucket(a) - bucket(b));
}

/** One line, as QEMU writes it: `{"a": 1, "b": [true]}`. */
export const printJson = (value: Json): string => print(value, membersInOrder);

/** The same, with the members in the order in which they stand. */
export const printJsonAsIs = (value: Json): string => print(value, Object.keys);

function print(value: Json, order: (object: JsonObject) => string[]): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return printString(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => print(item, order)).join(', ')}]`;
  if (isJsonFloat(value)) return String(value.float);
  const members = order(value).map(
    (key) => `${printString(key)}: ${print(value[key] as Json, order)}`,
  );
  return `{${members.join(', ')}}`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const PLAIN = /^[ !#-[\]-~]*$/u;

/** ASCII only: the rest is written as \uXXXX, in upper-case hex. */
function printString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let out = '"';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const code = text.charCodeAt(i);
    const short = SHORT_ESCAPES[char];
    if (short !== undefined) out += short;
    else if (code >= 0x20 && code < 0x7f) out += char;
    else out += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return `${out}"`;
}
