// parse.ts — Parses the text of a sed script to its commands.
import { charEscape } from '@dmsim/libc';

import type { Reader } from './read-text.ts';
import { readDelimited, readFileName, readPattern, readText, skipSpace } from './read-text.ts';
import type { Address, Command, Script } from './script.ts';
import { SedError, SedRefusal } from './script.ts';
import { parseSubstitution } from './substitution.ts';

export function parseScript(
  text: string,
  options: { readonly extended: boolean; readonly utf8: boolean },
): Script {
  const r: Reader = { text, at: 0, extended: options.extended, utf8: options.utf8 };
  const commands: Command[] = [];
  const open: Command[] = [];
  for (;;) {
    skipSeparators(r);
    if (r.at >= r.text.length) break;
    const command = parseCommand(r, open.length);
    if (command === undefined) continue;
    commands.push(command);
    if (command.name === '{') open.push(command);
    else if (command.name === '}') {
      const start = open.pop();
      if (start === undefined) throw new SedError("unexpected `}'", r.at);
      start.target = commands.length - 1;
    }
  }
  if (open.length > 0) throw new SedError("unmatched `{'", 0);
  linkLabels(commands);
  return { commands, quiet: /^#n(?:\n|$)/.test(text) };
}

function linkLabels(commands: readonly Command[]): void {
  const labels = new Map<string, number>();
  for (const [i, { name, text }] of commands.entries()) {
    if (name === ':') labels.set(text, i);
  }
  for (const command of commands) {
    if (!'btT'.includes(command.name)) continue;
    const target = command.text === '' ? commands.length : labels.get(command.text);
    if (target === undefined)
      throw new SedError(`can't find label for jump to \`${command.text}'`, -1);
    command.target = target;
  }
}

function skipSeparators(r: Reader): void {
  while (/[\s;]/.test(r.text.charAt(r.at)) && r.at < r.text.length) r.at++;
}

function parseCommand(r: Reader, depth: number): Command | undefined {
  const { first, second } = parseAddresses(r);
  const negate = parseNegation(r);
  const name = r.text.charAt(r.at);
  if (name === '') throw new SedError('missing command', r.at);
  r.at++;
  if (name === '#') {
    if (first !== undefined) throw new SedError("comments don't accept any addresses", r.at);
    skipComment(r);
    return undefined;
  }
  if (name === '}' && depth === 0) throw new SedError("unexpected `}'", r.at);
  if (first !== undefined && (name === ':' || name === '}')) {
    throw new SedError(name === ':' ? ": doesn't want any addresses" : "unexpected `}'", r.at);
  }
  const base: Command = {
    first,
    second,
    negate,
    name,
    text: '',
    target: 0,
    active: false,
    section: 0,
    begun: false,
    until: 0,
  };
  return parseArguments(r, base);
}

interface Addresses {
  readonly first: Address | undefined;
  readonly second: Address | undefined;
}

/** `[first[,second]]` */
function parseAddresses(r: Reader): Addresses {
  const first = parseAddress(r);
  let second: Address | undefined;
  skipSpace(r);
  if (first !== undefined && r.text.charAt(r.at) === ',') {
    r.at++;
    skipSpace(r);
    second = parseSecond(r);
    if (second === undefined) throw new SedError("unexpected `,'", r.at + 1);
  }
  if (first?.kind === 'line' && first.line === 0 && second?.kind !== 'regex') {
    throw new SedError('invalid usage of line address 0', r.at + 1);
  }
  return { first, second };
}

/** Whether `!` follows, once or more. */
function parseNegation(r: Reader): boolean {
  skipSpace(r);
  let negate = false;
  while (r.text.charAt(r.at) === '!') {
    negate = true;
    r.at++;
    skipSpace(r);
  }
  return negate;
}

function skipComment(r: Reader): void {
  const end = r.text.indexOf('\n', r.at);
  r.at = end < 0 ? r.text.length : end;
}

function parseAddress(r: Reader): Address | undefined {
  const number = /^\d+/.exec(r.text.slice(r.at, r.at + 20))?.[0];
  if (number !== undefined) {
    r.at += number.length;
    const step = /^\s*~\s*(\d*)/.exec(r.text.slice(r.at, r.at + 30));
    if (step === null) return { kind: 'line', line: Number(number) };
    r.at += step[0].length;
    const by = Number(step[1]);
    return by === 0
      ? { kind: 'line', line: Number(number) }
      : { kind: 'step', first: Number(number), step: by };
  }
  const c = r.text.charAt(r.at);
  if (c === '$') {
    r.at++;
    return { kind: 'last' };
  }
  if (c === '/' || c === '\\') {
    r.at += c === '\\' ? 2 : 1;
    return { kind: 'regex', pattern: readPattern(r, c === '\\' ? r.text.charAt(r.at - 1) : '/') };
  }
  return undefined;
}

function parseSecond(r: Reader): Address | undefined {
  const relative = /^([+~])(\d+)/.exec(r.text.slice(r.at, r.at + 20));
  if (relative === null) return parseAddress(r);
  r.at += relative[0].length;
  const n = Number(relative[2]);
  return relative[1] === '+' ? { kind: 'plus', count: n } : { kind: 'multiple', of: n };
}

/** Commands that nothing follows. */
const BARE = '}=dDFgGhHnNpPxz';

function parseArguments(r: Reader, command: Command): Command {
  if (BARE.includes(command.name)) {
    endOfCommand(r);
    return command;
  }
  switch (command.name) {
    case '{':
      return command;
    case 'a':
    case 'i':
    case 'c':
      return { ...command, text: readText(r) };
    case ':': {
      skipSpace(r);
      const label = /^[^\s;]*/.exec(r.text.slice(r.at))?.[0] ?? '';
      if (label === '') throw new SedError('":" lacks a label', r.at);
      r.at += label.length;
      return { ...command, text: label };
    }
    case 'b':
    case 't':
    case 'T': {
      skipSpace(r);
      const label = /^[^\s;}]*/.exec(r.text.slice(r.at))?.[0] ?? '';
      r.at += label.length;
      endOfCommand(r);
      return { ...command, text: label };
    }
    case 'r':
    case 'R':
    case 'w':
    case 'W':
      return { ...command, text: readFileName(r) };
    case 'q':
    case 'Q':
    case 'l':
    case 'L': {
      if (command.second !== undefined && command.name !== 'l') {
        throw new SedError('command only uses one address', r.at);
      }
      skipSpace(r);
      const number = /^\d*/.exec(r.text.slice(r.at))?.[0] ?? '';
      r.at += number.length;
      endOfCommand(r);
      return { ...command, text: number };
    }
    case 's': {
      const substitution = parseSubstitution(r);
      endOfCommand(r);
      return { ...command, substitution };
    }
    case 'y': {
      const map = parseMap(r);
      endOfCommand(r);
      return { ...command, map };
    }
    case 'v':
      skipVersion(r);
      return command;
    case 'e':
      throw new SedRefusal(`command ${command.name}`);
    default:
      throw new SedError(`unknown command: \`${command.name}'`, r.at);
  }
}

/** Skips the version that `v` requires; this sed satisfies any. */
function skipVersion(r: Reader): void {
  const end = /[\n;]/.exec(r.text.slice(r.at));
  r.at = end === null ? r.text.length : r.at + end.index + 1;
}

function endOfCommand(r: Reader): void {
  skipSpace(r);
  const c = r.text.charAt(r.at);
  if (c === '' || c === '\n' || c === ';') {
    r.at++;
    return;
  }
  if (c === '}' || c === '#') return;
  throw new SedError('extra characters after command', r.at + 1);
}

function parseMap(r: Reader): Map<string, string> {
  const delimiter = r.text.charAt(r.at++);
  const from = readDelimited(r, delimiter, { what: 'y', regex: false });
  const to = readDelimited(r, delimiter, { what: 'y', regex: false });
  const a = unescapeAll(from, delimiter);
  const b = unescapeAll(to, delimiter);
  if (a.length !== b.length)
    throw new SedError("strings for `y' command are different lengths", r.at);
  return new Map(a.map((c, i) => [c, b[i] ?? '']));
}

function unescapeAll(text: string, delimiter: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const next = text.charAt(i + 1);
    if (c !== '\\' || next === '') out.push(c);
    else {
      const coded = charEscape(text, i + 1);
      if (next === '\\' || next === delimiter) out.push(next);
      else if (coded === undefined) out.push(c, next);
      else out.push(coded.char);
      i = (coded?.end ?? i + 2) - 1;
    }
  }
  return out;
}
