// parse-command.ts — A line from the socket as a command. Mirrors multipathd/cli.c: get_cmdvec.
import { tokenize } from '../config/tokens.ts';
import type { Arguments } from './command.ts';
import { findKeyword } from './keywords.ts';

export type ParsedCommand =
  | { readonly kind: 'command'; readonly keys: string; readonly arguments: Arguments }
  /** A word that is no keyword, or several: the last one, or one before it. */
  | { readonly kind: 'not-found' | 'ambiguous' | 'missing-argument' | 'empty' };

export function parseCommand(line: string): ParsedCommand {
  const tokens = tokenize(line);
  if (tokens.length === 0) return { kind: 'empty' };
  const keys: string[] = [];
  const given = new Map<string, string>();
  let wanting: string | null = null;
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind === 'quote') continue;
    if (wanting !== null) {
      given.set(wanting, text);
      wanting = null;
      continue;
    }
    const keyword = findKeyword(text);
    if (keyword === undefined) {
      return { kind: i === tokens.length - 1 ? 'not-found' : 'ambiguous' };
    }
    keys.push(keyword.key);
    if (keyword.takesArgument) wanting = keyword.key;
  }
  if (wanting !== null) return { kind: 'missing-argument' };
  return { kind: 'command', keys: keys.join(' '), arguments: given };
}
