// type.ts — type [-t] name …, command [-v] name …
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { findProgram } from '../run/programs.ts';
import type { Shell } from '../shell.ts';
import { isRefusedCommand } from '../syntax/refused-commands.ts';
import { isBuiltin, isKeyword } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { command } from './control.ts';
import { internalGetopt } from './internal-getopt.ts';

type Kind = 'keyword' | 'function' | 'builtin' | 'file';

function kindOf(shell: Shell, name: string): Kind | undefined {
  if (isKeyword(name)) return 'keyword';
  if (shell.functions.has(name)) return 'function';
  if (isBuiltin(name) || isRefusedCommand(name)) return 'builtin';
  return findProgram(shell, name).kind === 'program' ? 'file' : undefined;
}

function locate(shell: Shell, name: string): string {
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

/** `command -v` looks names up; without -v, `command` runs a command and ignores functions. */
export const commandOrLookup: Builtin = function* (shell, args) {
  if (args[1] !== '-v') return yield* command(shell, args);
  let status = 1;
  for (const name of args.slice(2)) {
    const kind = kindOf(shell, name);
    if (kind === undefined) continue;
    status = 0;
    const shown = kind === 'file' ? locate(shell, name) : name;
    yield* printOutput(shell, 'command', `${shown}\n`);
  }
  return status;
};
