// alias.ts — alias [name[=value] …], unalias [-a] name …: a script expands aliases after `shopt -s expand_aliases`. Mirrors bash's builtins/alias.def.
import { singleQuote } from '../expand/quote.ts';
import { complain, printOutput } from '../messages.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';
import { printUsage } from './usage.ts';

export const alias: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'p' });
  if (typeof parsed === 'number') return parsed;
  const shown = (name: string): string =>
    `alias ${name}=${singleQuote(shell.aliases.get(name) ?? '')}\n`;
  if (parsed.operands.length === 0) {
    const names = [...shell.aliases.keys()].toSorted();
    return yield* printOutput(shell, 'alias', names.map(shown).join(''));
  }
  let status = 0;
  for (const word of parsed.operands) {
    const equals = word.indexOf('=', 1);
    if (equals > 0) shell.aliases.set(word.slice(0, equals), word.slice(equals + 1));
    else if (shell.aliases.has(word)) yield* printOutput(shell, 'alias', shown(word));
    else {
      yield* complain(shell, `alias: ${word}: not found`);
      status = 1;
    }
  }
  return status;
};

export const unalias: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'a' });
  if (typeof parsed === 'number') return parsed;
  if (parsed.given.length > 0) {
    shell.aliases.clear();
    return 0;
  }
  if (parsed.operands.length === 0) return yield* printUsage(shell, 'unalias');
  let status = 0;
  for (const name of parsed.operands) {
    if (shell.aliases.delete(name)) continue;
    yield* complain(shell, `unalias: ${name}: not found`);
    status = 1;
  }
  return status;
};
