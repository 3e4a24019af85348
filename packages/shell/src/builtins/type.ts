// type.ts — type [-afptP] name …, command [-pvV] name …
import { singleQuote } from '../expand/quote.ts';
import { complain, printOutput } from '../messages.ts';
import { functionText } from '../run/command-text.ts';
import { findProgram, searchPath } from '../run/programs.ts';
import { runWords } from '../run/simple.ts';
import type { DefinedFunction, Shell } from '../shell.ts';
import { isBuiltin, isKeyword } from './builtin-names.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

type Kind = 'alias' | 'keyword' | 'function' | 'builtin' | 'file';

function kindOf(shell: Shell, name: string): Kind | undefined {
  if (isAlias(shell, name)) return 'alias';
  if (isKeyword(name)) return 'keyword';
  if (shell.functions.has(name)) return 'function';
  if (isBuiltin(shell, name)) return 'builtin';
  return shell.hashed.has(name) || findProgram(shell, name).kind === 'program' ? 'file' : undefined;
}

const isAlias = ({ flags, aliases }: Shell, name: string): boolean =>
  flags.expand_aliases && aliases.has(name);

function locate(shell: Shell, name: string): string {
  const hashed = shell.hashed.get(name);
  if (hashed !== undefined) return hashed;
  const found = findProgram(shell, name);
  return found.kind === 'program' ? found.path : name;
}

export const type: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'afpPt' });
  if (typeof parsed === 'number') return parsed;
  const keys = new Set(parsed.given.map(([key]) => key));
  let status = 0;
  for (const name of parsed.operands) {
    const kinds = kindsOf(shell, name, keys);
    if (kinds.length === 0) {
      status = 1;
      if (!['t', 'p', 'P'].some((key) => keys.has(key)))
        yield* complain(shell, `type: ${name}: not found`);
    }
    for (const kind of kinds) yield* printOutput(shell, 'type', line(shell, name, kind, keys));
  }
  return status;
};

/** The meanings of a name: the first, or with -a all that it is; -f leaves functions out, -P all but files. */
function kindsOf(shell: Shell, name: string, keys: ReadonlySet<string>): Kind[] {
  const isFile = shell.hashed.has(name) || searchPath(shell, name).kind === 'program';
  const all: Kind[] = [];
  if (!keys.has('P')) {
    if (isAlias(shell, name)) all.push('alias');
    if (isKeyword(name)) all.push('keyword');
    if (shell.functions.has(name) && !keys.has('f')) all.push('function');
    if (isBuiltin(shell, name)) all.push('builtin');
  }
  if (isFile) all.push('file');
  return keys.has('a') ? all : all.slice(0, 1);
}

function line(shell: Shell, name: string, kind: Kind, keys: ReadonlySet<string>): string {
  if (keys.has('t')) return `${kind}\n`;
  if (keys.has('p') || keys.has('P')) return kind === 'file' ? `${locate(shell, name)}\n` : '';
  if (kind === 'file' && keys.has('a')) return `${name} is ${locate(shell, name)}\n`;
  return describe(shell, name, kind);
}

function describe(shell: Shell, name: string, kind: Kind): string {
  switch (kind) {
    case 'alias':
      return `${name} is aliased to \`${shell.aliases.get(name)}'\n`;
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
      return `${name} is a function\n${functionText(shell.functions.get(name) as DefinedFunction)}\n`;
  }
}

/** The output of `command -v`. */
function shortly(shell: Shell, name: string, kind: Kind): string {
  if (kind === 'alias') return `alias ${name}=${singleQuote(shell.aliases.get(name) ?? '')}`;
  return kind === 'file' ? locate(shell, name) : name;
}

/** `command` runs a command, and ignores functions of the same name; `command -v` only looks names up. */
export const command: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'pvV' });
  if (typeof parsed === 'number') return parsed;
  const { given, operands } = parsed;
  const standard = given.some(([key]) => key === 'p');
  if (given.every(([key]) => key === 'p')) {
    if (operands.length === 0) return 0;
    return yield* runWords(shell, operands, { find: 'any', place: shell.place, standard });
  }
  let status = 1;
  for (const name of operands) {
    const kind = kindOf(shell, name);
    const long = given.some(([key]) => key === 'V');
    if (kind === undefined) {
      if (long) yield* complain(shell, `command: ${name}: not found`);
      continue;
    }
    status = 0;
    const shown = long ? describe(shell, name, kind) : `${shortly(shell, name, kind)}\n`;
    yield* printOutput(shell, 'command', shown);
  }
  return status;
};
