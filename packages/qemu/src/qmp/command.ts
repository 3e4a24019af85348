// command.ts — Defines QMP commands and their results. Mirrors qapi/qmp-dispatch.c.
import type { Blocking } from '../aio/main-loop.ts';
import type { Vm } from '../vm/vm.ts';
import type { Json, JsonObject } from './json.ts';
import { jsonObject } from './json.ts';
import type { Member, Misfit, QapiUnion } from './qapi.ts';
import { ARGUMENTS, checkMembers, checkUnion } from './qapi.ts';

export type ErrorClass = 'GenericError' | 'CommandNotFound' | 'DeviceNotActive' | 'DeviceNotFound';

export type CommandResult =
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'error'; readonly errorClass: ErrorClass; readonly desc: string }
  /**
   * QEMU would do it, but this simulator can't. The owner of the connection is told, so that no lab continues on a false
   * basis.
   */
  | { readonly kind: 'not simulated'; readonly what: string };

export const success = (value: Json = jsonObject()): CommandResult => ({ kind: 'return', value });

export const failure = (desc: string, errorClass: ErrorClass = 'GenericError'): CommandResult => ({
  kind: 'error',
  errorClass,
  desc,
});

export const notSimulated = (what: string): CommandResult => ({ kind: 'not simulated', what });

/** The result of a command that returns nothing: success, or an error if there is a refusal. */
export const outcome = (refusal: string | null): CommandResult =>
  refusal === null ? success() : failure(refusal);

export interface QmpCommand {
  readonly name: string;
  /**
   * The arguments in the schema's order, which is the order of checking. In a union, some members depend on the value of
   * one of them.
   */
  readonly args: readonly Member[] | QapiUnion;
  /** True if the command itself checks members that are not listed here. */
  readonly isOpen?: boolean;
  readonly allowOob?: boolean;
  /** True if qemu-storage-daemon does not have the command, because it has no machine. */
  readonly needsMachine?: boolean;
  /** Runs the command; a generator if it may have to wait. */
  readonly run: (vm: Vm, args: JsonObject) => CommandResult | Blocking<CommandResult>;
}

/** Runs a command to its end, waiting where necessary. */
export function* runCommand(
  command: QmpCommand,
  vm: Vm,
  args: JsonObject,
): Blocking<CommandResult> {
  const result = command.run(vm, args);
  return 'kind' in result ? result : yield* result;
}

/** Why the arguments are refused, or null. */
export function refuseArgs(command: QmpCommand, given: JsonObject): CommandResult | null {
  const { name, args, isOpen = false } = command;
  const misfit =
    'kind' in args
      ? checkUnion(args, given, ARGUMENTS)
      : checkMembers(args, isOpen ? known(args, given) : given, ARGUMENTS);
  return misfit === null ? null : misfitResult(name, misfit);
}

const known = (args: readonly Member[], given: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(given).filter(([key]) => args.some(({ name }) => name === key)),
  );

const misfitResult = (command: string, misfit: Misfit): CommandResult =>
  misfit.kind === 'refused' ? failure(misfit.desc) : notSimulated(`${command}: ${misfit.what}`);

export const stringArg = (args: JsonObject, name: string): string | undefined => {
  const value = args[name];
  return typeof value === 'string' ? value : undefined;
};

/** An argument as a number. Values beyond 2^53 are rounded; no disk is that large. */
export const numberArg = (args: JsonObject, name: string): number | undefined => {
  const value = args[name];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
};

/** An argument as it was given, if it is an integer. */
export const integerArg = (args: JsonObject, name: string): number | bigint | undefined => {
  const value = args[name];
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
};

export const flagArg = (args: JsonObject, name: string): boolean | undefined => {
  const value = args[name];
  return typeof value === 'boolean' ? value : undefined;
};
