// caller.ts — caller [N]: where a function was called from. Mirrors bash's builtins/caller.def.
import type { Task } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

/** `LINE FILE` of the innermost call (`0 NULL` outside of functions), or `LINE FUNCTION FILE` of the one N levels out; status 1 if there is none. */
export const caller: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: '' });
  if (typeof parsed === 'number') return parsed;
  const [level] = parsed.operands;
  if (level === undefined) return yield* innermost(shell);
  if (!/^\d+$/.test(level)) {
    yield* complain(shell, `caller: ${level}: invalid number`);
    return 1;
  }
  const { calls } = shell;
  const call = calls.at(-1 - Number(level));
  if (call === undefined || (call === calls[0] && !hasFile(shell))) return 1;
  const around = calls.at(-2 - Number(level))?.name ?? 'main';
  return yield* printOutput(shell, 'caller', `${call.line} ${around} ${call.file}\n`);
};

/** A text of `bash -c` or of standard input has none: nothing stands around its commands. */
const hasFile = ({ textSource }: Shell): boolean => textSource === undefined;

function* innermost(shell: Shell): Task<number> {
  const { calls } = shell;
  const call = calls.at(-1);
  if (call === undefined && !hasFile(shell)) return 1;
  const file = calls.length > 1 || hasFile(shell) ? call?.file : undefined;
  return yield* printOutput(shell, 'caller', `${call?.line ?? 0} ${file ?? 'NULL'}\n`);
}
