// value.ts — The values of jq: those of JSON, their order, and how they are named in messages.

export type JqObject = Map<string, JqValue>;
export type JqValue = null | boolean | number | string | readonly JqValue[] | JqObject;

/** An error that a filter raises, and `try` catches. */
export class JqError extends Error {
  override readonly name = 'JqError';
  readonly value: JqValue;
  constructor(value: JqValue) {
    super(typeof value === 'string' ? value : 'a value');
    this.value = value;
  }
}

export function raise(message: string): never {
  throw new JqError(message);
}

export const isObject = (value: JqValue): value is JqObject => value instanceof Map;

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export function kindOf(value: JqValue): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isObject(value) ? 'object' : (typeof value as Kind);
}

export const isTrue = (value: JqValue): boolean => value !== null && value !== false;

const RANKS: Readonly<Record<Kind, number>> = {
  null: 0,
  boolean: 1,
  number: 3,
  string: 4,
  array: 5,
  object: 6,
};

const rankOf = (value: JqValue): number => RANKS[kindOf(value)] + (value === true ? 1 : 0);

/** null < false < true < numbers < strings < arrays < objects. */
export function compare(a: JqValue, b: JqValue): number {
  const byRank = rankOf(a) - rankOf(b);
  if (byRank !== 0) return byRank;
  if (typeof a === 'number')
    return a < (b as number) || Number.isNaN(a) ? -1 : a > (b as number) ? 1 : 0;
  if (typeof a === 'string') return compareText(a, b as string);
  if (Array.isArray(a)) return compareArrays(a, b as JqValue[]);
  return a instanceof Map ? compareObjects(a, b as JqObject) : 0;
}

/** By code points, as bytes of UTF-8 compare. JavaScript's `<` compares UTF-16, which puts U+10000 before U+FFFF. */
export function compareText(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i))
      return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

function compareArrays(a: readonly JqValue[], b: readonly JqValue[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i] as JqValue, b[i] as JqValue);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: JqObject, b: JqObject): number {
  const [x, y] = [sortedKeys(a), sortedKeys(b)];
  const byKeys = compareArrays(x, y);
  if (byKeys !== 0) return byKeys;
  for (const key of x) {
    const order = compare(a.get(key) as JqValue, b.get(key) as JqValue);
    if (order !== 0) return order;
  }
  return 0;
}

export const sortedKeys = (object: JqObject): string[] => [...object.keys()].toSorted(compareText);

export const isEqual = (a: JqValue, b: JqValue): boolean => compare(a, b) === 0;
