// arithmetic.ts — The arithmetic operators of jq, whose meaning depends on the kinds of their values.
import type { Operator } from './node.ts';
import { described } from './places.ts';
import type { JqObject, JqValue } from './value.ts';
import { compare, isEqual, isObject, raise } from './value.ts';

export function binary(operator: Operator, a: JqValue, b: JqValue): JqValue {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '/':
      return divide(a, b);
    case '%':
      return remainder(a, b);
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
  }
}

const bothNumbers = (a: JqValue, b: JqValue): boolean =>
  typeof a === 'number' && typeof b === 'number';

const cannot = (a: JqValue, b: JqValue, what: string): never =>
  raise(`${described(a)} and ${described(b)} cannot be ${what}`);

export function add(a: JqValue, b: JqValue): JqValue {
  if (a === null) return b;
  if (b === null) return a;
  if (bothNumbers(a, b)) return (a as number) + (b as number);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  return cannot(a, b, 'added');
}

function subtract(a: JqValue, b: JqValue): JqValue {
  if (bothNumbers(a, b)) return (a as number) - (b as number);
  if (Array.isArray(a) && Array.isArray(b))
    return a.filter((item) => !b.some((other) => isEqual(item, other)));
  return cannot(a, b, 'subtracted');
}

/** The longest text that repetition (`*`) may make. */
const MOST = 1e6;

function multiply(a: JqValue, b: JqValue): JqValue {
  if (bothNumbers(a, b)) return (a as number) * (b as number);
  const [text, times] = typeof a === 'string' ? [a, b] : [b, a];
  if (typeof text === 'string' && typeof times === 'number') {
    if (times <= 0) return null;
    const count = Math.max(1, Math.ceil(times));
    if (text.length * count > MOST) raise('Repeat string result too long');
    return text.repeat(count);
  }
  if (isObject(a) && isObject(b)) return merge(a, b);
  return cannot(a, b, 'multiplied');
}

function merge(a: JqObject, b: JqObject): JqObject {
  const merged = new Map(a);
  for (const [key, value] of b) {
    const old = merged.get(key) ?? null;
    merged.set(key, isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return merged;
}

function divide(a: JqValue, b: JqValue): JqValue {
  if (bothNumbers(a, b)) {
    if (b === 0) cannot(a, b, 'divided because the divisor is zero');
    return (a as number) / (b as number);
  }
  if (typeof a === 'string' && typeof b === 'string') return splitText(a, b);
  return cannot(a, b, 'divided');
}

export const splitText = (text: string, by: string): string[] =>
  text === '' ? [] : by === '' ? Array.from(text) : text.split(by);

function remainder(a: JqValue, b: JqValue): JqValue {
  if (typeof a !== 'number' || typeof b !== 'number') return cannot(a, b, 'divided');
  const divisor = Math.abs(Math.trunc(b));
  if (divisor === 0) cannot(a, b, 'divided (remainder) because the divisor is zero');
  return Math.trunc(a) % divisor;
}
