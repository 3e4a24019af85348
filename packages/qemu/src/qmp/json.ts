// json.ts — JSON values as in QMP: integers differ from floats, and members come in QEMU's order.

/** A number with a fraction or an exponent; QMP's schema distinguishes it from an integer. */
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

/** The bucket of a member in QEMU's dictionary, a hash table with 512 buckets. Members are printed bucket by bucket. */
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
  // The cache is for the names that QMP itself uses; a client that invents names must not fill the memory.
  if (bucketCache.size < 4096) bucketCache.set(key, value);
  return value;
}

/** Names of members in the order in which QEMU prints them; within one bucket, the later one comes first. */
export function membersInOrder(object: JsonObject): string[] {
  const keys = Object.keys(object).toReversed();
  return keys.toSorted((a, b) => bucket(a) - bucket(b));
}

/** Prints a value on one line, as QEMU does: `{"a": 1, "b": [true]}`. */
export const printJson = (value: Json): string => print(value, membersInOrder);

/** Prints a value on one line, with members in the order of the object. */
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

/** Prints a string as ASCII; other characters become \uXXXX with upper-case hex digits. */
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
