// qapi.ts — The types of command arguments, and how a wrong value is refused. Mirrors qapi/qobject-input-visitor.c, qapi/qapi-visit-core.c.
//
// Members are checked in the schema's order, and the first wrong one is named; unknown members are checked last. A refusal
// names a member by its whole path (`file.filename`, `enable[0]`); only the refusal of a value that an enumeration does not
// have uses the member's own name.
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, membersInOrder } from './json.ts';

export type QapiType =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'uint32'
  | 'uint64'
  | 'size'
  | 'object'
  | 'array'
  | 'any'
  | 'null'
  /** An enumeration: the strings it accepts. */
  | readonly string[]
  | QapiList
  | QapiStruct
  | QapiUnion
  | QapiAlternate;

export interface QapiList {
  readonly kind: 'list';
  readonly of: QapiType;
}

export interface QapiStruct {
  readonly kind: 'struct';
  readonly members: readonly Member[];
}

export interface QapiUnion {
  readonly kind: 'union';
  /** The name of an enumeration member whose value selects the branch of further members. */
  readonly tag: string;
  readonly members: readonly Member[];
  /** Further members by the value of `tag`. A value without a branch is one that QEMU has and this simulator does not. */
  readonly branches: Readonly<Record<string, readonly Member[]>>;
}

/** A choice between types: the first with the JSON type of the value is used. */
export interface QapiAlternate {
  readonly kind: 'alternate';
  readonly name: string;
  readonly of: () => readonly QapiType[];
}

export interface Member {
  readonly name: string;
  readonly type: QapiType;
  readonly optional: boolean;
  /** True if QEMU accepts the member but this simulator refuses it by name. */
  readonly foreign?: boolean;
}

export const required = (name: string, type: QapiType): Member => ({ name, type, optional: false });
export const optional = (name: string, type: QapiType): Member => ({ name, type, optional: true });

/** Declares members that QEMU accepts and that are refused here as not simulated. */
export const foreign = (...names: readonly string[]): Member[] =>
  names.map((name) => ({ name, type: 'any', optional: true, foreign: true }));

/** Splits the values of a long enumeration. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** Why a value is refused: QEMU's own message, or the name of what is not simulated. */
export type Misfit =
  | { readonly kind: 'refused'; readonly desc: string }
  | { readonly kind: 'not simulated'; readonly what: string };

const refused = (desc: string): Misfit => ({ kind: 'refused', desc });

/** The place of a value in the arguments, and how it was written. */
export interface Place {
  /** The whole path; empty for the arguments of a command. */
  readonly path: string;
  /** The member's own name; null for an item of a list. */
  readonly name: string | null;
  /** True for the command line, where all values are text and lists are written `a.0=x,a.1=y`. */
  readonly isText: boolean;
}

export const ARGUMENTS: Place = { path: '', name: null, isText: false };

const member = (at: Place, name: string): Place => ({
  ...at,
  path: at.path === '' ? name : `${at.path}.${name}`,
  name,
});

const item = (at: Place, i: number): Place => ({
  ...at,
  path: at.isText ? `${at.path}.${i}` : `${at.path}[${i}]`,
  name: null,
});

/** Checks the members of an object. */
export function checkMembers(
  members: readonly Member[],
  object: JsonObject,
  at: Place,
): Misfit | null {
  const known = members.map(({ name }) => name);
  return checkKnown(members, object, at) ?? checkForeign(known, object, at);
}

/** Checks the members of a union. */
export function checkUnion(union: QapiUnion, object: JsonObject, at: Place): Misfit | null {
  const { tag, members, branches } = union;
  const misfit = checkKnown(members, object, at);
  if (misfit !== null) return misfit;
  const chosen = object[tag] as string;
  const branch = branches[chosen];
  if (branch === undefined)
    return { kind: 'not simulated', what: `${member(at, tag).path}=${chosen}` };
  const known = [...members, ...branch].map(({ name }) => name);
  return checkKnown(branch, object, at) ?? checkForeign(known, object, at);
}

function checkKnown(members: readonly Member[], object: JsonObject, at: Place): Misfit | null {
  for (const { name, type, optional: mayMiss, foreign: isForeign } of members) {
    const value = object[name];
    const place = member(at, name);
    if (value === undefined) {
      if (!mayMiss) return refused(`Parameter '${place.path}' is missing`);
      continue;
    }
    if (isForeign === true) return { kind: 'not simulated', what: place.path };
    const misfit = checkValue(type, value, place);
    if (misfit !== null) return misfit;
  }
  return null;
}

function checkForeign(known: readonly string[], object: JsonObject, at: Place): Misfit | null {
  const unexpected = membersInOrder(object).find((name) => !known.includes(name));
  return unexpected === undefined
    ? null
    : refused(`Parameter '${member(at, unexpected).path}' is unexpected`);
}

const ofType = ({ path }: Place, expected: string): Misfit =>
  refused(`Invalid parameter type for '${path}', expected: ${expected}`);

type Builtin = Extract<QapiType, string>;

interface BuiltinCheck {
  readonly fits: (value: Json) => boolean;
  readonly expected: string;
  /** The pattern of valid text on a command line, and the message for other text. */
  readonly text: RegExp;
  readonly textExpected: string;
}

const isInteger = (value: Json): boolean => typeof value === 'number' || typeof value === 'bigint';

const INT64_MAX = 2n ** 63n - 1n;
const fitsInt64 = (value: Json): boolean =>
  typeof value === 'bigint' ? value <= INT64_MAX : typeof value === 'number';

const INTEGER: BuiltinCheck = {
  fits: fitsInt64,
  expected: 'integer',
  text: /^[+-]?(?:\d+|0x[0-9a-f]+)$/iu,
  textExpected: 'integer',
};

const anyOf = (fits: BuiltinCheck['fits'], expected: string): BuiltinCheck => ({
  fits,
  expected,
  text: /^/u,
  textExpected: expected,
});

const BUILTINS: Readonly<Record<Builtin, BuiltinCheck>> = {
  any: anyOf(() => true, 'any'),
  null: anyOf((value) => value === null, 'null'),
  string: anyOf((value) => typeof value === 'string', 'string'),
  array: anyOf((value) => Array.isArray(value), 'array'),
  object: anyOf((value) => isJsonObject(value), 'object'),
  boolean: {
    fits: (value) => typeof value === 'boolean',
    expected: 'boolean',
    text: /^(?:on|off|yes|no|true|false|y|n)$/u,
    textExpected: "'on' or 'off'",
  },
  integer: INTEGER,
  uint32: { ...INTEGER, fits: isInteger },
  uint64: { ...INTEGER, fits: isInteger },
  size: { ...INTEGER, fits: isInteger, text: /^\d+[bkmgt]?$/iu, textExpected: 'size' },
};

/** visit_type_uint64 reads them all. */
const UNSIGNED: ReadonlySet<Builtin> = new Set(['uint32', 'uint64', 'size']);

function checkValue(type: QapiType, value: Json, at: Place): Misfit | null {
  if (typeof type === 'string') return checkBuiltin(type, value, at);
  if ('kind' in type) return checkCompound(type, value, at);
  if (typeof value !== 'string') return ofType(at, 'string');
  return type.includes(value)
    ? null
    : refused(`Parameter '${at.name ?? 'null'}' does not accept value '${value}'`);
}

function checkBuiltin(type: Builtin, value: Json, at: Place): Misfit | null {
  const { fits, expected, text, textExpected } = BUILTINS[type];
  if (at.isText && typeof value === 'string')
    return text.test(value) ? null : refused(`Parameter '${at.path}' expects ${textExpected}`);
  if (!fits(value))
    return UNSIGNED.has(type)
      ? refused(`Parameter '${at.path}' expects uint64`)
      : ofType(at, expected);
  const fitsRange = type !== 'uint32' || (Number(value) >= 0 && Number(value) < 2 ** 32);
  return fitsRange ? null : refused(`Parameter '${at.name ?? 'null'}' expects uint32_t`);
}

type Compound = QapiList | QapiStruct | QapiUnion | QapiAlternate;

function checkCompound(type: Compound, value: Json, at: Place): Misfit | null {
  switch (type.kind) {
    case 'list':
      return checkList(type.of, value, at);
    case 'struct':
      return isJsonObject(value) ? checkMembers(type.members, value, at) : ofType(at, 'object');
    case 'union':
      return isJsonObject(value) ? checkUnion(type, value, at) : ofType(at, 'object');
    case 'alternate': {
      const fitting = type.of().find((choice) => hasJsonType(choice, value));
      // Like an enumeration, and unlike other types, it is named by its own name.
      return fitting === undefined
        ? ofType({ ...at, path: at.name ?? 'null' }, type.name)
        : checkValue(fitting, value, at);
    }
  }
}

function checkList(of: QapiType, value: Json, at: Place): Misfit | null {
  const items = at.isText && isJsonObject(value) ? numbered(value) : value;
  if (!Array.isArray(items)) return ofType(at, 'array');
  for (const [i, each] of items.entries()) {
    const misfit = checkValue(of, each, item(at, i));
    if (misfit !== null) return misfit;
  }
  return null;
}

/** Converts `{0: x, 1: y}`, the form of a list on a command line, to an array. */
function numbered(object: JsonObject): Json[] | null {
  const names = Object.keys(object);
  return names.every((_, i) => String(i) in object)
    ? names.map((_, i) => object[String(i)] as Json)
    : null;
}

function hasJsonType(type: QapiType, value: Json): boolean {
  if (typeof type === 'string') return BUILTINS[type].fits(value);
  if (!('kind' in type)) return typeof value === 'string';
  return type.kind === 'list' ? Array.isArray(value) : isJsonObject(value);
}
