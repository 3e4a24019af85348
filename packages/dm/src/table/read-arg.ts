// read-arg.ts — Counted arguments of a table line. Mirrors dm-table.c: dm_shift_arg, dm_read_arg, dm_read_arg_group.
import type { CtrFailure } from '../target-type.ts';
import { parseKernelUnsigned } from './parse-number.ts';

/** The words of a table line that are still to be read (struct dm_arg_set). */
export interface ArgSet {
  readonly argv: readonly string[];
  next: number;
}

/** The bounds of a number, both included, and the text of `ti->error` if it lies outside (struct dm_arg). */
export interface ArgRange {
  readonly min: number;
  readonly max: number;
  readonly error: string;
}

export const createArgSet = (argv: readonly string[]): ArgSet => ({ argv, next: 0 });

export const argsLeft = (args: ArgSet): number => args.argv.length - args.next;

/** The next word, or null when there is none. */
export function shiftArg(args: ArgSet): string | null {
  const word = args.argv[args.next];
  if (word === undefined) return null;
  args.next++;
  return word;
}

/** Takes `count` words at once; there must be that many (dm_consume_args). */
export function shiftArgs(args: ArgSet, count: number): readonly string[] {
  const words = args.argv.slice(args.next, args.next + count);
  args.next += count;
  return words;
}

/** Reads a number within the range. */
export function readArg(args: ArgSet, range: ArgRange): number | CtrFailure {
  const word = shiftArg(args);
  const value = word === null ? null : parseKernelUnsigned(word);
  if (value !== null && value >= range.min && value <= range.max) return value;
  return { error: range.error, errno: 'EINVAL' };
}

/** Reads the number of words of a group; that many words must follow. */
export function readArgGroup(args: ArgSet, range: ArgRange): number | CtrFailure {
  const count = readArg(args, range);
  if (typeof count === 'number' && count > argsLeft(args)) {
    return { error: range.error, errno: 'EINVAL' };
  }
  return count;
}
