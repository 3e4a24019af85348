// check-selector.ts — Checks that an object from outside is a path selector, and says what it lacks.
import type { PathSelectorType } from './path-selector.ts';

const REQUIRED = [
  'create',
  'addPath',
  'status',
  'failPath',
  'reinstatePath',
  'selectPath',
] as const;
const OPTIONAL = ['destroy', 'startIo', 'endIo'] as const;
const COUNTS = ['tableArgs', 'infoArgs'] as const;

const HOOKS: readonly string[] = [...REQUIRED, ...OPTIONAL];

/** True if the object looks as if it was meant to be a selector: it has a hook, be it misspelt. */
export const isMeantAsSelector = (value: unknown): value is Partial<PathSelectorType> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).some((key) => HOOKS.includes(key) || hookLike(key) !== undefined);

const plain = (word: string): string => word.toLowerCase().replace(/[_-]|s$/g, '');

/** The hook that a name was probably meant to be: `endIO`, `selectpath`, `addPaths`. */
function hookLike(key: string): string | undefined {
  if (HOOKS.includes(key)) return undefined;
  return HOOKS.find((hook) => plain(hook) === plain(key));
}

/** Describes the first fault; undefined if there is none. */
export function selectorFault(type: Partial<PathSelectorType>): string | undefined {
  if (typeof type.name !== 'string' || !/^[^\s\\]+$/.test(type.name)) {
    return 'name is to be a word that a table line can hold';
  }
  const count = COUNTS.find((key) => !Number.isInteger(type[key]) || (type[key] as number) < 0);
  if (count !== undefined) return `${count} is to be the number of words that status prints`;
  const misspelt = Object.keys(type).find((key) => hookLike(key) !== undefined);
  if (misspelt !== undefined)
    return `${misspelt} is no hook of a selector: it is called ${hookLike(misspelt)}`;
  const missing = REQUIRED.find((key) => typeof type[key] !== 'function');
  if (missing !== undefined) return `${missing} is to be a function`;
  const wrong = OPTIONAL.find((key) => !['undefined', 'function'].includes(typeof type[key]));
  return wrong === undefined ? undefined : `${wrong} is to be a function, or absent`;
}
