// command.ts — What a QMP command is, and how its arguments are checked before it runs. Mirrors the visitors made from qapi/*.json.
import type { Blocking } from '../aio/main-loop.ts';
import type { Vm } from '../vm/vm.ts';
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, jsonObject, membersInOrder } from './json.ts';

export type ErrorClass = 'GenericError' | 'CommandNotFound' | 'DeviceNotActive' | 'DeviceNotFound';

export type CommandResult =
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'error'; readonly errorClass: ErrorClass; readonly desc: string };

export const success = (value: Json = jsonObject()): CommandResult => ({ kind: 'return', value });

export const failure = (desc: string, errorClass: ErrorClass = 'GenericError'): CommandResult => ({
  kind: 'error',
  errorClass,
  desc,
});

/** Nothing to say, or why not. */
export const outcome = (refusal: string | null): CommandResult =>
  refusal === null ? success() : failure(refusal);

type ArgType = 'string' | 'boolean' | 'integer' | 'object' | 'array' | 'any';

export interface ArgSpec {
  readonly name: string;
  /** A list: the strings it accepts. */
  readonly type: ArgType | readonly string[];
  readonly optional: boolean;
}

export interface QmpCommand {
  readonly name: string;
  /** In the schema's order, in which they are looked at. */
  readonly args: readonly ArgSpec[];
  /** Takes any member: checked by the command itself. */
  readonly openEnded?: boolean;
  readonly allowOob?: boolean;
  /** A generator where it may have to wait. */
  readonly run: (vm: Vm, args: JsonObject) => CommandResult | Blocking<CommandResult>;
}

/** Runs it to its end, waiting where it has to. */
export function* runCommand(
  command: QmpCommand,
  vm: Vm,
  args: JsonObject,
): Blocking<CommandResult> {
  const result = command.run(vm, args);
  return 'kind' in result ? result : yield* result;
}

export const required = (name: string, type: ArgSpec['type']): ArgSpec => ({
  name,
  type,
  optional: false,
});

export const optional = (name: string, type: ArgSpec['type']): ArgSpec => ({
  name,
  type,
  optional: true,
});

/** The refusal, or null. */
export function checkArgs(command: QmpCommand, args: JsonObject): string | null {
  for (const spec of command.args) {
    const value = args[spec.name];
    if (value === undefined) {
      if (!spec.optional) return `Parameter '${spec.name}' is missing`;
      continue;
    }
    const why = checkType(spec, value);
    if (why !== null) return why;
  }
  if (command.openEnded === true) return null;
  const known = new Set(command.args.map((spec) => spec.name));
  const foreign = membersInOrder(args).find((name) => !known.has(name));
  return foreign === undefined ? null : `Parameter '${foreign}' is unexpected`;
}

const FITS: Readonly<Record<ArgType, (value: Json) => boolean>> = {
  any: () => true,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => typeof value === 'number',
  array: (value) => Array.isArray(value),
  object: (value) => isJsonObject(value),
};

function checkType({ name, type }: ArgSpec, value: Json): string | null {
  const expected = typeof type === 'string' ? type : 'string';
  if (!FITS[expected](value)) return `Invalid parameter type for '${name}', expected: ${expected}`;
  if (typeof type === 'string' || typeof value !== 'string' || type.includes(value)) return null;
  return `Parameter '${name}' does not accept value '${value}'`;
}

export const stringArg = (args: JsonObject, name: string): string | undefined => {
  const value = args[name];
  return typeof value === 'string' ? value : undefined;
};

export const numberArg = (args: JsonObject, name: string): number | undefined => {
  const value = args[name];
  return typeof value === 'number' ? value : undefined;
};

export const flagArg = (args: JsonObject, name: string): boolean | undefined => {
  const value = args[name];
  return typeof value === 'boolean' ? value : undefined;
};
