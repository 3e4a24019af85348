// qapi.ts — The types of commands' arguments, and how a value that does not fit is refused. Mirrors qapi/qobject-input-visitor.c, qapi/qapi-visit-core.c.
//
// Members are looked at in the schema's order and the first that does not fit is named; only then is a member that nobody
// knows. A refusal names a member by its whole path (`file.filename`, `enable[0]`), a value that an enumeration does not
// have by the member alone.
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, membersInOrder } from './json.ts';

export type QapiType =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'uint32'
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
  /** The member `tag`, an enumeration, says which branch's members there are besides. */
  readonly tag: string;
  readonly members: readonly Member[];
  /** A value without a branch here is one that QEMU has and this simulator has not. */
  readonly branches: Readonly<Record<string, readonly Member[]>>;
}

/** The first that has the value's JSON type. */
export interface QapiAlternate {
  readonly kind: 'alternate';
  readonly name: string;
  readonly of: () => readonly QapiType[];
}

export interface Member {
  readonly name: string;
  readonly type: QapiType;
  readonly optional: boolean;
  /** QEMU takes it; here whoever gives it is refused by name. */
  readonly foreign?: boolean;
}

export const required = (name: string, type: QapiType): Member => ({ name, type, optional: false });
export const optional = (name: string, type: QapiType): Member => ({ name, type, optional: true });

/** Members that QEMU takes and that would mean something; here they are not simulated. */
export const foreign = (...names: readonly string[]): Member[] =>
  names.map((name) => ({ name, type: 'any', optional: true, foreign: true }));

/** The values of a long enumeration. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** Why a value does not fit: QEMU's own words, or what is not simulated of it. */
export type Misfit =
  | { readonly kind: 'refused'; readonly desc: string }
  | { readonly kind: 'not simulated'; readonly what: string };

const refused = (desc: string): Misfit => ({ kind: 'refused', desc });

/** Looks at an object's members; `path` is its own name, empty for a command's arguments. */
export function checkMembers(
  members: readonly Member[],
  object: JsonObject,
  path: string,
): Misfit | null {
  return (
    checkKnown(members, object, path) ??
    checkForeign(
      members.map(({ name }) => name),
      object,
      path,
    )
  );
}

const under = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function checkKnown(members: readonly Member[], object: JsonObject, path: string): Misfit | null {
  for (const member of members) {
    const value = object[member.name];
    const at = under(path, member.name);
    if (value === undefined) {
      if (!member.optional) return refused(`Parameter '${at}' is missing`);
      continue;
    }
    if (member.foreign === true) return { kind: 'not simulated', what: at };
    const misfit = checkValue(member.type, value, { path: at, name: member.name });
    if (misfit !== null) return misfit;
  }
  return null;
}

function checkForeign(known: readonly string[], object: JsonObject, path: string): Misfit | null {
  const unexpected = membersInOrder(object).find((name) => !known.includes(name));
  return unexpected === undefined
    ? null
    : refused(`Parameter '${under(path, unexpected)}' is unexpected`);
}

/** Where a value stands: its whole path, and its own name (of an item of a list: none). */
interface Place {
  readonly path: string;
  readonly name: string | null;
}

const ofType = (place: Place, expected: string): Misfit =>
  refused(`Invalid parameter type for '${place.path}', expected: ${expected}`);

const FITS: Readonly<Record<string, readonly [(value: Json) => boolean, string]>> = {
  any: [() => true, 'any'],
  null: [(value) => value === null, 'null'],
  string: [(value) => typeof value === 'string', 'string'],
  boolean: [(value) => typeof value === 'boolean', 'boolean'],
  integer: [(value) => isInteger(value), 'integer'],
  uint32: [(value) => isInteger(value), 'integer'],
  size: [(value) => isInteger(value), 'integer'],
  array: [(value) => Array.isArray(value), 'array'],
  object: [(value) => isJsonObject(value), 'object'],
};

const isInteger = (value: Json): boolean => typeof value === 'number' || typeof value === 'bigint';

function checkValue(type: QapiType, value: Json, place: Place): Misfit | null {
  if (typeof type === 'string') return checkBuiltin(type, value, place);
  if ('kind' in type) return checkCompound(type, value, place);
  if (typeof value !== 'string') return ofType(place, 'string');
  return type.includes(value)
    ? null
    : refused(`Parameter '${place.name ?? 'null'}' does not accept value '${value}'`);
}

function checkBuiltin(type: string, value: Json, place: Place): Misfit | null {
  const [fits, expected] = FITS[type] ?? [() => true, 'any'];
  if (!fits(value)) return ofType(place, expected);
  const fitsRange = type !== 'uint32' || (Number(value) >= 0 && Number(value) < 2 ** 32);
  return fitsRange ? null : refused(`Parameter '${place.name ?? 'null'}' expects uint32_t`);
}

type Compound = QapiList | QapiStruct | QapiUnion | QapiAlternate;

function checkCompound(type: Compound, value: Json, place: Place): Misfit | null {
  switch (type.kind) {
    case 'list':
      return checkList(type.of, value, place);
    case 'struct':
      return isJsonObject(value)
        ? checkMembers(type.members, value, place.path)
        : ofType(place, 'object');
    case 'union':
      return isJsonObject(value) ? checkUnion(type, value, place.path) : ofType(place, 'object');
    case 'alternate': {
      const fitting = type.of().find((choice) => hasJsonType(choice, value));
      return fitting === undefined ? ofType(place, type.name) : checkValue(fitting, value, place);
    }
  }
}

function checkList(of: QapiType, value: Json, place: Place): Misfit | null {
  if (!Array.isArray(value)) return ofType(place, 'array');
  for (const [i, item] of value.entries()) {
    const misfit = checkValue(of, item, { path: `${place.path}[${i}]`, name: null });
    if (misfit !== null) return misfit;
  }
  return null;
}

export function checkUnion(union: QapiUnion, object: JsonObject, path: string): Misfit | null {
  const { tag, members, branches } = union;
  const misfit = checkKnown(members, object, path);
  if (misfit !== null) return misfit;
  const chosen = object[tag] as string;
  const branch = branches[chosen];
  if (branch === undefined) return { kind: 'not simulated', what: `${under(path, tag)}=${chosen}` };
  const known = [...members, ...branch].map(({ name }) => name);
  return checkKnown(branch, object, path) ?? checkForeign(known, object, path);
}

function hasJsonType(type: QapiType, value: Json): boolean {
  if (typeof type === 'string') return FITS[type]?.[0](value) ?? false;
  if (!('kind' in type)) return typeof value === 'string';
  return type.kind === 'list' ? Array.isArray(value) : isJsonObject(value);
}
