// internal-getopt.ts — The options of a builtin, read by getopt and refused in the words of bash (its builtins/bashgetopt.c: internal_getopt).
import type { ParsedOptions } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { complain } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { invalidOption, printUsage } from './usage.ts';

export interface BuiltinOptions {
  /** The option letters: `c` takes no value, `m:` takes one. */
  readonly short: string;
  /** Letters that bash has and this shell refuses by name. */
  readonly refused?: string;
}

/** The options and operands of `args`, whose first word is the builtin's name; or, after a message, the status 2. */
export function* internalGetopt(
  shell: Shell,
  args: readonly string[],
  { short, refused = '' }: BuiltinOptions,
): Task<ParsedOptions | number> {
  const [name = '', ...words] = args;
  const long = { help: '-help' };
  const parsed = getopt(words, { short: short + refused, long, inOrder: true });
  for (const [key] of parsed.given) {
    if (key === '-help' || refused.includes(key)) {
      throw new NotSupported(shell.file, shell.line, `${name} -${key}`);
    }
  }
  if (parsed.error === undefined) return parsed;
  const { option, reason } = parsed.error;
  if (reason !== 'no value') return yield* invalidOption(shell, name, option);
  yield* complain(shell, `${name}: ${option}: option requires an argument`);
  return yield* printUsage(shell, name);
}

/** The first of these options whose value is no number, and that value. */
export const wrongNumber = (
  { given }: ParsedOptions,
  letters: string,
): readonly [key: string, value: string] | undefined =>
  given.find(([key, value]) => letters.includes(key) && !/^\s*\+?\d+\s*$/.test(value));
