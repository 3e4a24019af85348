// check-options.ts — Refuses options that are misspelt or of the wrong kind. Types do that in TypeScript; in JavaScript a property would otherwise hold because the trouble it asked for never came.
import { invariantFault, targetFault } from '@dmsim/host';
import { selectorFault } from '@dmsim/multipath';

/** Describes the values that an option takes; null: this is one of them. */
export type Kind = (value: unknown) => string | null;

/** One for each option there is. */
export type Kinds<Options> = { readonly [Name in keyof Required<Options>]: Kind };

/** The name of a function, or of a part of a schedule. Those of parts are put together only for a message: each command of each run is checked. */
export type Place = string | (() => string);

export const nameOf = (place: Place): string => (typeof place === 'string' ? place : place());

/** Throws a TypeError that names the function, the option and its value. An option that is undefined counts as absent. Returns how many are there. */
export function checkOptions<Options extends object>(
  of: Place,
  options: Options,
  kinds: Kinds<Options>,
): number {
  const wantedHere = anObject(options);
  if (wantedHere !== null)
    throw new TypeError(`${nameOf(of)}: the options are to be ${wantedHere}, not ${said(options)}`);
  let present = 0;
  // No entries are made, for the same reason.
  for (const name of Object.keys(options) as (keyof Options & string)[]) {
    if (!Object.hasOwn(kinds, name)) {
      const there = Object.keys(kinds).join(', ');
      throw new TypeError(`${nameOf(of)} has no option ${name}: it has ${there}`);
    }
    const value = options[name];
    if (value === undefined) continue;
    present++;
    const wanted = kinds[name](value);
    if (wanted !== null)
      throw new TypeError(`${nameOf(of)}: ${name} is to be ${wanted}, not ${said(value)}`);
  }
  return present;
}

/** Throws a TypeError that names the argument and its value. */
export function checkArgument(name: string, value: unknown, kind: Kind): void {
  const wanted = kind(value);
  if (wanted !== null) throw new TypeError(`${name} is to be ${wanted}, not ${said(value)}`);
}

/** The elements of a list that a message shows. */
const SHOWN = 5;

/** A value as messages show it: `[0, 'x', an object, …]`. */
export function said(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) {
    const shown = value.slice(0, SHOWN).map(said);
    return `[${(value.length > SHOWN ? [...shown, '…'] : shown).join(', ')}]`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

const kindOf =
  (description: string, is: (value: unknown) => boolean): Kind =>
  (value) =>
    is(value) ? null : description;

export const wholeNumber = (least: number, most: number = Infinity): Kind =>
  kindOf(
    most === Infinity ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  );

export const nanoseconds: Kind = kindOf(
  'a number of nanoseconds from 0',
  (value) => typeof value === 'number' && value >= 0,
);

export const milliseconds: Kind = kindOf(
  'a number of milliseconds from 0',
  (value) => typeof value === 'number' && value >= 0 && value < Infinity,
);

export const multipleOf = (unit: number, least: number, most: number): Kind =>
  kindOf(
    `a multiple of ${unit} from ${least} to ${most}`,
    (value) =>
      Number.isInteger(value) &&
      Number(value) % unit === 0 &&
      Number(value) >= least &&
      Number(value) <= most,
  );

export const oneOf = (...words: readonly string[]): Kind =>
  kindOf(words.join(' or '), (value) => typeof value === 'string' && words.includes(value));

export const text: Kind = kindOf('a text', (value) => typeof value === 'string');
export const yesOrNo: Kind = kindOf('true or false', (value) => typeof value === 'boolean');
export const isTrue: Kind = kindOf('true', (value) => value === true);
export const aFunction: Kind = kindOf('a function', (value) => typeof value === 'function');

/** Of fast-check, or the like. */
export const arbitrary: Kind = kindOf(
  'an arbitrary of fast-check',
  (value) => typeof value === 'object' && value !== null && 'generate' in value,
);

export const anObject: Kind = kindOf(
  'an object',
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** As fast-check numbers its runs, and what it shrank: `12:0:3`. */
export const pathOfFailure: Kind = kindOf(
  "what an earlier failure gave as its path, such as '12'",
  (value) => typeof value === 'string' && /^\d+(:\d+)*$/.test(value),
);

/** The first element that is wrong decides. */
export const listOf =
  (element: Kind, least: number = 0): Kind =>
  (value) => {
    if (!Array.isArray(value)) return 'a list';
    if (value.length < least) return `a list of at least ${least}`;
    const wanted = value.map(element).find((one) => one !== null);
    return wanted === undefined ? null : `a list, each element of which is ${wanted}`;
  };

export const invariant: Kind = (value) => {
  const fault = invariantFault(value);
  return fault === undefined ? null : `an invariant (${fault})`;
};

export const userTarget: Kind = (value) => {
  const fault = targetFault(value);
  return fault === undefined ? null : `a target type (${fault})`;
};

export const userSelector: Kind = (value) => {
  const { type, file } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof file !== 'string' || typeof type !== 'object' || type === null) {
    return 'an object with a selector (type) and its name in messages (file)';
  }
  const fault = selectorFault(type);
  return fault === undefined ? null : `one whose type is a path selector (${fault})`;
};
