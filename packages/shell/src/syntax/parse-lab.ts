// parse-lab.ts — From text to a script that is ready to run, once for each text.
import type { ParsedScript, ParseError, Statement as SourceStatement } from 'unbash';
import { parse } from 'unbash';

import { NotSupported } from '../not-supported.ts';
import type { List, Script } from './ir.ts';
import { lowerStatements, STEPS } from './lower-command.ts';
import type { Lowering } from './lowering.ts';
import { lineStarts, UnexpectedToken } from './lowering.ts';
import { describeSyntaxError } from './syntax-error.ts';

const CACHE_SIZE = 256;
const cache = new Map<string, Script>();

/**
 * Parses a script; `name` is its `$0`, for messages. Throws `NotSupported` if there is anything in it that this shell has
 * not: nothing of such a script is run. A syntax error is part of the result, for bash runs what stands before it.
 */
export function parseLab(text: string, name: string): Script {
  const key = `${name}\0${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const script = parseScript(text, { name, firstLine: 1 });
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
  cache.set(key, script);
  return script;
}

/** `eval` and traps: a text that begins at some line of a script. */
export function parseScript(
  text: string,
  { name, firstLine }: { readonly name: string; readonly firstLine: number },
): Script {
  const lowering: Lowering = {
    file: name,
    source: text,
    firstLine,
    lineStarts: lineStarts(text),
    functions: new Set(),
    refused: [],
    ...STEPS,
  };
  const parsed = parse(text);
  const [error] = parsed.errors?.toSorted((a, b) => a.pos - b.pos) ?? [];
  return error === undefined
    ? lowerWhole(lowering, parsed)
    : lowerPrefix(lowering, parsed.commands, error);
}

function lowerWhole(lowering: Lowering, parsed: ParsedScript): Script {
  try {
    return finish(lowering, lowerStatements(lowering, parsed.commands));
  } catch (error) {
    if (!(error instanceof UnexpectedToken)) throw error;
    const failure = { message: 'unexpected token', pos: error.pos };
    return lowerPrefix(lowering, parsed.commands, failure);
  }
}

/** What stands on lines before the command with the error is run, as bash does. */
function lowerPrefix(
  lowering: Lowering,
  commands: readonly SourceStatement[],
  error: ParseError,
): Script {
  const broken = commands.find((statement) => statement.end > error.pos);
  const last = commands.findLast((statement) => statement.pos <= error.pos);
  const start = Math.min(broken?.pos ?? error.pos, last?.pos ?? error.pos, error.pos);
  const lineStart = lowering.source.lastIndexOf('\n', start - 1) + 1;
  const before = commands.filter((statement) => statement.end <= lineStart);
  const failure = describeSyntaxError(lowering.file, lowering.source, error);
  let statements: List;
  try {
    statements = lowerStatements(lowering, before);
  } catch (inner) {
    if (!(inner instanceof UnexpectedToken)) throw inner;
    return lowerPrefix(lowering, before, { message: 'unexpected token', pos: inner.pos });
  }
  return { ...finish(lowering, statements), error: failure };
}

function finish(lowering: Lowering, statements: List): Script {
  const { file, functions } = lowering;
  const refused = lowering.refused.find(({ name }) => !functions.has(name));
  if (refused !== undefined) throw new NotSupported(file, refused.line, refused.name);
  return { name: file, statements, error: undefined };
}
