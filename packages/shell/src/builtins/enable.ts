// enable.ts — enable [-anps] [name …]: turns builtins off and on. Mirrors bash's builtins/enable.def.
import type { Task } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { BUILTIN_NAMES, isBuiltinName } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

/** The builtins that POSIX calls special. */
const SPECIAL: ReadonlySet<string> = new Set(
  '. : break continue eval exec exit export readonly return set shift source times trap unset'.split(
    ' ',
  ),
);

export const enable: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'adnps', refused: 'f' });
  if (typeof parsed === 'number') return parsed;
  const letters = new Set(parsed.given.map(([key]) => key));
  if (parsed.operands.length === 0 || letters.has('p')) return yield* list(shell, letters);
  let status = 0;
  const disabled = new Set(shell.disabled);
  for (const name of parsed.operands) {
    if (!isBuiltinName(name)) {
      yield* complain(shell, `enable: ${name}: not a shell builtin`);
      status = 1;
    } else if (letters.has('d')) {
      yield* complain(shell, `enable: ${name}: not dynamically loaded`);
      status = 1;
    } else if (letters.has('n')) disabled.add(name);
    else disabled.delete(name);
  }
  shell.disabled = disabled;
  return status;
};

/** Lists the builtins that are enabled; -n: those that are not; -a: both; -s: special ones only. */
function list(shell: Shell, letters: ReadonlySet<string>): Task<number> {
  const lines = BUILTIN_NAMES.map((name) => {
    if (letters.has('s') && !SPECIAL.has(name)) return '';
    const off = shell.disabled.has(name);
    if (!letters.has('a') && off !== letters.has('n')) return '';
    return `enable ${off ? '-n ' : ''}${name}\n`;
  });
  return printOutput(shell, 'enable', lines.join(''));
}
