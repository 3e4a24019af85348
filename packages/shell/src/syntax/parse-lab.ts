// parse-lab.ts — Parses a text to a script that is ready to run, and caches the result.
import { toBytesText } from '@dmsim/libc';
import type { Limits } from '@dmsim/sim';
import { DEFAULT_LIMITS, LimitReached, NotSupported } from '@dmsim/sim';
import type { ParsedScript, ParseError, Statement as SourceStatement } from 'unbash';
import { parse } from 'unbash';

import type { List, Script, Word } from './ir.ts';
import { lowerStatements } from './lower-command.ts';
import type { Lowering } from './lowering.ts';
import { lineAt, lineStarts, UnexpectedToken } from './lowering.ts';
import { describeSyntaxError } from './syntax-error.ts';

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
const SETS_EXTGLOB = /^[^#\n]*\bshopt\s+-s\b[^\n;]*\bextglob\b/m;

interface PromptPlace {
  readonly file: string;
  readonly line: number;
  readonly sim: { readonly limits: Limits };
}

/** Parses a text that is expanded as if it stood in double quotes. */
export function parsePrompt(text: string, { file, line, sim }: PromptPlace): Word {
  const quoted = `x="${text.replaceAll('"', String.raw`\"`)}"`;
  const { statements } = parseScript(quoted, { name: file, firstLine: line, limits: sim.limits });
  const command = statements[0]?.command;
  const value = command?.kind === 'simple' ? command.assignments[0]?.value : undefined;
  if (value === undefined || !('segments' in value)) throw new NotSupported(file, line, text);
  return value;
}

/** Parses the text of `eval` or a trap, which begins at some line of a script. */
export function parseScript(
  text: string,
  { name, firstLine, source, limits, extglob = false }: ParseOptions,
): Script {
  const lowering: Lowering = {
    file: name,
    source: text,
    firstLine,
    lineStarts: lineStarts(text),
    limits,
    extglob: extglob || SETS_EXTGLOB.test(text),
    functions: new Set(),
    refused: [],
  };
  const parsed = parse(text);
  // The parser has a limit of its own, which it reports as if the script were wrong.
  if (parsed.errors?.some(({ message }) => message.endsWith('nesting depth exceeded')) === true)
    throw new LimitReached('nesting', limits);
  try {
    return lowerText(lowering, parsed, source === undefined ? name : `${name}: ${source}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LimitReached('nesting', limits);
  }
}

function lowerText(lowering: Lowering, parsed: ParsedScript, shown: string): Script {
  const [error] = parsed.errors?.toSorted((a, b) => a.pos - b.pos) ?? [];
  if (error !== undefined) {
    return lowerPrefix(lowering, parsed.commands, {
      error: earliest(lowering, parsed, error),
      shown,
    });
  }
  try {
    return finish(lowering, lowerStatements(lowering, parsed.commands));
  } catch (thrown) {
    if (!(thrown instanceof UnexpectedToken)) throw thrown;
    return lowerPrefix(lowering, parsed.commands, { error: asError(thrown), shown });
  }
}

const asError = ({ pos }: UnexpectedToken): ParseError => ({ message: 'unexpected token', pos });

/** Returns the earlier of two errors: unbash's, and the one that lowering finds, which may come before it. */
function earliest(lowering: Lowering, parsed: ParsedScript, error: ParseError): ParseError {
  try {
    lowerStatements({ ...lowering, refused: [] }, parsed.commands);
  } catch (thrown) {
    if (thrown instanceof UnexpectedToken && thrown.pos < error.pos) return asError(thrown);
  }
  return error;
}

interface Broken {
  readonly error: ParseError;
  /** The name in front of the message. */
  readonly shown: string;
  readonly again?: boolean;
}

/** Lowers the lines before the command with the error, which bash runs. */
function lowerPrefix(
  lowering: Lowering,
  commands: readonly SourceStatement[],
  { error, shown, again = false }: Broken,
): Script {
  const start = startOfUnit(lowering, commands, error.pos);
  const earlier = commands.filter((statement) => statement.pos < start);
  // If lowering failed too, at least one more command must go, or a wrongly placed error would repeat for ever.
  const before = again && earlier.length === commands.length ? commands.slice(0, -1) : earlier;
  const { source, firstLine } = lowering;
  const failure = describeSyntaxError({ shown, source, firstLine }, error);
  let statements: List;
  try {
    statements = lowerStatements(lowering, before);
  } catch (inner) {
    if (!(inner instanceof UnexpectedToken)) throw inner;
    return lowerPrefix(lowering, before, { error: asError(inner), shown, again: true });
  }
  return { ...finish(lowering, statements), error: failure };
}

/** Returns the start of the first command that bash reads together with the one at `pos`, because they share lines. */
function startOfUnit(
  lowering: Lowering,
  commands: readonly SourceStatement[],
  pos: number,
): number {
  let start = pos;
  for (const statement of commands.toReversed()) {
    // An incomplete command has no end position.
    const open = statement.end === statement.pos;
    const sameLine = lineAt(lowering, statement.end) === lineAt(lowering, start);
    const touches = open || sameLine || statement.end >= start;
    if (statement.pos < start && touches) start = statement.pos;
  }
  return start;
}

function finish(lowering: Lowering, statements: List): Script {
  const { file, functions, source: text, firstLine } = lowering;
  const refused = lowering.refused.find(({ name }) => !functions.has(name));
  if (refused !== undefined) throw new NotSupported(file, refused.line, refused.name);
  return { name: file, statements, error: undefined, source: { text, firstLine } };
}
