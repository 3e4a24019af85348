// aliases.ts — The commands of a line, with the aliases that are defined when it is read.
import { NotSupported } from '@dmsim/sim';
import type { ParsedScript } from 'unbash';
import { parse } from 'unbash';

import type { Shell } from '../shell.ts';
import { expandAliases } from '../syntax/expand-aliases.ts';
import type { List, Script } from '../syntax/ir.ts';
import { parseScript } from '../syntax/parse-lab.ts';

export const expandsAliases = ({ flags, aliases }: Shell): boolean =>
  flags.expand_aliases && aliases.size > 0;

const parsed = new WeakMap<Script, ParsedScript>();

/** The statements of `script` from `start` to `end`, read anew with aliases. */
export function withAliases(shell: Shell, script: Script, start: number, end: number): List {
  const { unit, line } = textOf(script, start, end);
  const expanded = expandAliases(unit, shell.aliases);
  if (expanded === unit) return script.statements.slice(start, end);
  if (expanded === undefined) refuseAliases(shell, line);
  if (expanded.split('\n').length !== unit.split('\n').length)
    throw new NotSupported(shell.file, line, 'an alias with several lines');
  const { limits } = shell.sim;
  const { extglob } = shell.flags;
  const again = parseScript(expanded, { name: script.name, firstLine: line, limits, extglob });
  if (again.notes.length > 0) refuseAliases(shell, line);
  return again.statements;
}

/** The text of the statements, and the line that it begins on. */
function textOf(script: Script, start: number, end: number): { unit: string; line: number } {
  const { text, firstLine } = script.source;
  const { commands } = parsed.get(script) ?? remember(script);
  const from = commands[start]?.pos ?? 0;
  const line = firstLine + text.slice(0, from).split('\n').length - 1;
  return { unit: text.slice(from, commands[end]?.pos ?? text.length), line };
}

/** Bash reads line by line, so that an alias may begin or end what is parsed here as a whole. */
export function refuseAliases(shell: Shell, line: number): never {
  throw new NotSupported(shell.file, line, 'aliases that change the syntax');
}

function remember(script: Script): ParsedScript {
  const known = parse(script.source.text);
  parsed.set(script, known);
  return known;
}
