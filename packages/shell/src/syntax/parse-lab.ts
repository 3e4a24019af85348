// parse-lab.ts — Parses a text to a script that is ready to run, and caches the result.
import { toBytesText } from '@dmsim/libc';
import type { Limits } from '@dmsim/sim';
import { DEFAULT_LIMITS, LimitReached, NotSupported } from '@dmsim/sim';
import { parse } from 'unbash';

import type { Note } from './check/check-script.ts';
import { checkScript } from './check/check-script.ts';
import type { ArrayLiteral, Script, Word } from './ir.ts';
import { lowerReadable } from './lower-command.ts';
import { withQuotedBlanks } from './lower-simple.ts';
import type { Lowering } from './lowering.ts';
import { lineStarts } from './lowering.ts';
import { readable, toSyntaxNote } from './syntax-notes.ts';

const CACHE_SIZE = 256;
/** By text alone, whose hash a string keeps: few texts are run under two names. */
const cache = new Map<string, { readonly name: string; readonly script: Script }>();

/**
 * Parses a script; `name` is its `$0`, for messages. Throws `NotSupported` if the script uses anything that this shell
 * lacks; then nothing of it runs. A syntax error is part of the result, since bash runs the commands before it.
 */
export function parseLab(text: string, name: string, limits: Limits = DEFAULT_LIMITS): Script {
  const known = cache.get(text);
  if (known?.name === name) return known.script;
  const script = parseScript(toBytesText(text), { name, firstLine: 1, limits });
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
  cache.set(text, { name, script });
  return script;
}

export interface ParseOptions {
  readonly name: string;
  readonly firstLine: number;
  /** A source that syntax errors show after the name, such as `eval`. */
  readonly source?: string;
  readonly limits: Limits;
  /** The shell has this option on already. */
  readonly extglob?: boolean;
}

/** Bash parses line by line, so that the option holds from the next line on. Here one that comes later counts, too. */
const SETS_EXTGLOB = /^(?:[^#\n]|(?<=[^\s;&|()])#)*\bshopt\s+-s\b[^\n;]*\bextglob\b/m;

interface PromptPlace {
  readonly file: string;
  readonly line: number;
  readonly sim: { readonly limits: Limits };
}

/** Parses a text that is expanded as if it stood in double quotes. */
export function parsePrompt(text: string, place: PromptPlace): Word {
  const value = parseValue(`"${text.replaceAll('"', String.raw`\"`)}"`, place);
  if (!('segments' in value)) throw new NotSupported(place.file, place.line, text);
  return value;
}

/** Parses the text between the brackets of `a[…]`. */
export function parseSubscript(text: string, place: PromptPlace): Word {
  if (!/[$`"'\\]/.test(text)) return { segments: [], constant: text, literal: text, source: text };
  const value = parseValue(withQuotedBlanks(text), place);
  if (!('segments' in value)) throw new NotSupported(place.file, place.line, `[${text}]`);
  return value;
}

/** Parses `(a b)`, the values of an array. */
export function parseList(text: string, place: PromptPlace): ArrayLiteral {
  const value = parseValue(text, place);
  if ('segments' in value) throw new NotSupported(place.file, place.line, text);
  return value;
}

function parseValue(text: string, { file, line, sim }: PromptPlace): Word | ArrayLiteral {
  const options = { name: file, firstLine: line, limits: sim.limits };
  const { statements, notes } = parseScript(`x=${text}`, options);
  const command = statements[0]?.command;
  const value = command?.kind === 'simple' ? command.assignments[0]?.value : undefined;
  if (value === undefined || notes.length > 0) throw new NotSupported(file, line, text);
  return value;
}

/** Parses the text of `eval` or a trap, which begins at some line of a script. */
export function parseScript(
  text: string,
  { name, firstLine, source, limits, extglob = false }: ParseOptions,
): Script {
  const lowering: Lowering = {
    outermost: true,
    file: name,
    source: text,
    firstLine,
    lineStarts: lineStarts(text),
    limits,
    extglob: extglob || SETS_EXTGLOB.test(text),
    functions: new Set(),
    refused: [],
  };
  const notes = checkScript(text, { firstLine, extglob });
  const shown = source === undefined ? name : `${name}: ${source}`;
  try {
    return lowerChecked({ ...lowering, source: readable(text, notes) }, notes, shown);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LimitReached('nesting', limits);
  }
}

function lowerChecked(lowering: Lowering, notes: readonly Note[], shown: string): Script {
  const { file, functions, source: text, firstLine } = lowering;
  const { commands, errors } = parse(text);
  // The parser has a limit of its own, which it reports as if the script were wrong.
  if (errors?.some(({ message }) => message.endsWith('nesting depth exceeded')) === true)
    throw new LimitReached('nesting', lowering.limits);
  const statements = lowerReadable(lowering, commands, errors);
  const refused = lowering.refused.find(({ name }) => !functions.has(name));
  if (refused !== undefined) throw new NotSupported(file, refused.line, refused.name);
  return {
    name: file,
    statements,
    notes: notes.map((note) => toSyntaxNote(note, commands, { file, shown })),
    source: { text, firstLine },
  };
}
