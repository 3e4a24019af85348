// type.ts — type [-t] name …, command [-v] name …
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { findProgram } from '../run/programs.ts';
import { runWords } from '../run/simple.ts';
import type { Shell } from '../shell.ts';
import { isRefusedCommand } from '../syntax/refused-commands.ts';
import { isBuiltin, isKeyword } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

type Kind = 'keyword' | 'function' | 'builtin' | 'file';

function kindOf(shell: Shell, name: string): Kind | undefined {
  if (isKeyword(name)) return 'keyword';
  if (shell.functions.has(name)) return 'function';
  if (isBuiltin(name) || isRefusedCommand(name)) return 'builtin';
  return shell.hashed.has(name) || findProgram(shell, name).kind === 'program' ? 'file' : undefined;
}

function locate(shell: Shell, name: string): string {
  const hashed = shell.hashed.get(name);
  if (hashed !== undefined) return hashed;
  const found = findProgram(shell, name);
  return found.kind === 'program' ? found.path : name;
}

export const type: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 't', refused: 'afpP' });
  if (typeof parsed === 'number') return parsed;
  const { given, operands: names } = parsed;
  const short = given.length > 0;
  let status = 0;
  for (const name of names) {
    const kind = kindOf(shell, name);
    if (kind === undefined) {
      status = 1;
      if (!short) yield* complain(shell, `type: ${name}: not found`);
    } else if (short) yield* printOutput(shell, 'type', `${kind}\n`);
    else yield* printOutput(shell, 'type', describe(shell, name, kind));
  }
  return status;
};

function describe(shell: Shell, name: string, kind: Kind): string {
  switch (kind) {
    case 'keyword':
      return `${name} is a shell keyword\n`;
    case 'builtin':
      return `${name} is a shell builtin\n`;
    case 'file': {
      const hashed = shell.hashed.get(name);
      return hashed === undefined
        ? `${name} is ${locate(shell, name)}\n`
        : `${name} is hashed (${hashed})\n`;
    }
    case 'function':
      throw new NotSupported(shell.file, shell.line, 'type of a function');
  }
}

/** `command` runs a command, and ignores functions of the same name; `command -v` only looks names up. */
export const command: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'pv', refused: 'V' });
  if (typeof parsed === 'number') return parsed;
  const { given, operands } = parsed;
  // -p searches a path of its own, but programs are found by name alone here.
  if (given.every(([key]) => key === 'p')) {
    if (operands.length === 0) return 0;
    return yield* runWords(shell, operands, { find: 'any', place: shell.place });
  }
  let status = 1;
  for (const name of operands) {
    const kind = kindOf(shell, name);
    if (kind === undefined) continue;
    status = 0;
    const shown = kind === 'file' ? locate(shell, name) : name;
    yield* printOutput(shell, 'command', `${shown}\n`);
  }
  return status;
};
