// caller.ts — caller [N]: where a function was called from. Mirrors bash's builtins/caller.def.
import { complain, printOutput } from '../messages.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

/** `LINE FILE` of the innermost call (`0 NULL` outside of functions), or `LINE FUNCTION FILE` of the one N levels out; status 1 if there is none. */
export const caller: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: '' });
  if (typeof parsed === 'number') return parsed;
  const [level] = parsed.operands;
  const { calls } = shell;
  if (level === undefined) {
    const hasFile = shell.textSource === undefined;
    if (calls.length === 0 && !hasFile) return 1;
    const call = calls.at(-1) ?? { line: 0, file: 'NULL' };
    const { line } = call;
    const file = calls.length === 1 && !hasFile ? 'NULL' : call.file;
    return yield* printOutput(shell, 'caller', `${line} ${file}\n`);
  }
  if (!/^\d+$/.test(level)) {
    yield* complain(shell, `caller: ${level}: invalid number`);
    return 1;
  }
  const call = calls.at(-1 - Number(level));
  if (call === undefined) return 1;
  if (call === calls[0] && shell.textSource !== undefined) return 1;
  const around = calls.at(-2 - Number(level))?.name ?? 'main';
  return yield* printOutput(shell, 'caller', `${call.line} ${around} ${call.file}\n`);
};
