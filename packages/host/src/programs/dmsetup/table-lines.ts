// table-lines.ts — Reads tables as users write them: `<start> <length> <type> [<args>]`, a line per target; `#` begins a comment.
import { LineReader, openPath } from '@dmsim/coreutils';
import type { TargetSpec } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Run } from './run.ts';
import { logError } from './run.ts';

/** DM_MAX_TYPE_NAME, less the byte that ends it. */
const MAX_TYPE_NAME = 15;
const MAX_U64 = 2n ** 64n - 1n;

/** Undefined for an empty line; `what` tells where the line stands, for messages. */
export function parseTableLine(
  line: string,
  what: string,
): TargetSpec | undefined | { readonly error: string } {
  const text = line.replaceAll(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
  if (text === '' || text.startsWith('#')) return undefined;
  // As sscanf "%llu %llu %s %n": each conversion takes all it can, so white space between them may be missing.
  const [start = '', afterStart] = take(/^[+-]?\d+/, text);
  const [length = '', afterLength] = take(/^[+-]?\d+/, afterStart);
  const [type = '', rest] = take(/^\S+/, afterLength);
  if (start === '' || length === '' || type === '') return { error: `Invalid format on ${what}.` };
  if (type.length > MAX_TYPE_NAME) return { error: `Target type name ${type} is too long.` };
  const comment = rest.indexOf('#');
  // libdevmapper doubles backslashes, so that the kernel doesn't take them for quotes.
  const params = (comment < 0 ? rest : rest.slice(0, comment)).replaceAll('\\', '\\\\');
  return { start: strtoull(start), length: strtoull(length), type, params };
}

/** The text that the pattern matches, and the rest without leading white space. */
function take(pattern: RegExp, text: string): [string | undefined, string] {
  const found = pattern.exec(text)?.[0];
  return [found, text.slice(found?.length ?? 0).trimStart()];
}

/** A number that is too large becomes the largest; a negative one wraps. */
export function strtoull(word: string): bigint {
  const value = BigInt(word.replace(/^[+-]/, ''));
  if (value > MAX_U64) return MAX_U64;
  return word.startsWith('-') ? BigInt.asUintN(64, -value) : value;
}

/** Reads the table from --table, a file or standard input. Null if it is wrong; the error has been printed. */
export function* readTable(
  run: Run,
  { text, file }: { readonly text: string | undefined; readonly file: string | undefined },
): Task<readonly TargetSpec[] | null> {
  const lines = text?.split('\n') ?? (yield* openLines(run, file));
  if (lines === null) return null;
  const where = text === undefined ? (file ?? 'on stdin') : '';
  const specs: TargetSpec[] = [];
  for (let nr = 1; ; nr++) {
    const line = Array.isArray(lines) ? lines[nr - 1] : yield* lines.next();
    if (line === undefined) return specs;
    const spec = parseTableLine(line, `line ${nr} of table ${where}`);
    if (spec === undefined) continue;
    if ('error' in spec) {
      yield* logError(run, spec.error);
      return null;
    }
    specs.push(spec);
  }
}

function* openLines(run: Run, path: string | undefined): Task<LineReader | string[] | null> {
  const { tool } = run;
  if (path === undefined) {
    const stdin = tool.context.fds.get(0);
    return stdin === undefined ? [] : new LineReader(tool, stdin);
  }
  const file = yield* openPath(tool, path, { read: true, write: false });
  if (typeof file !== 'string') return new LineReader(tool, file);
  yield* logError(run, `Couldn't open '${path}' for reading.`);
  return null;
}
