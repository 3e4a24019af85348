// printf.ts — printf(1) of coreutils.
import { formatFloat, formatInteger, formatString } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { unescapeArgument, unescapeFormat } from './escapes.ts';
import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { complain, fail, failUsage, quote, tool } from './tool.ts';

interface Run {
  readonly t: Tool;
  readonly args: readonly string[];
  next: number;
  status: number;
  stop: boolean;
}

function* main(t: Tool): Task<number> {
  const args = t.args[0] === '--' ? t.args.slice(1) : t.args;
  const [format, ...rest] = args;
  if (format === undefined) failUsage(t, 'missing operand');
  const run: Run = { t, args: rest, next: 0, status: 0, stop: false };
  do {
    const before = run.next;
    yield* once(run, format);
    if (run.next === before) break;
  } while (run.next < rest.length && !run.stop);
  if (run.next === 0 && rest.length > 0 && !run.stop) {
    yield* t.out.flush();
    yield* complain(
      t,
      `${t.name}: warning: ignoring excess arguments, starting with ${quote(t, rest[0] ?? '')}\n`,
    );
  }
  return run.status;
}

const DIRECTIVE = /^%([-+ #0']*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|L|j|z|t)*([a-zA-Z%]?)/;

function* once(run: Run, format: string): Task<void> {
  const { t } = run;
  for (let i = 0; i < format.length && !run.stop;) {
    const percent = format.indexOf('%', i);
    const literal = unescapeFormat(format.slice(i, percent < 0 ? undefined : percent));
    t.out.put(literal.text);
    run.stop = literal.stop;
    if (percent < 0 || run.stop) return;
    const match = DIRECTIVE.exec(format.slice(percent));
    const [all = '%', flags = '', width = '', precision, letter = ''] = match ?? [];
    i = percent + all.length;
    if (all === '%%') t.out.put('%');
    else yield* directive(run, all, { flags, width, precision, letter });
  }
}

interface Directive {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly letter: string;
}

function* directive(
  run: Run,
  all: string,
  { flags, width, precision, letter }: Directive,
): Task<void> {
  const { t } = run;
  const take = (): string | undefined => run.args[run.next++];
  const star = function* (text: string): Task<number> {
    return text === '*' ? Number(yield* integer(run, take() ?? '0')) : Number(text);
  };
  let columns = yield* star(width);
  const digits = precision === undefined ? -1 : yield* star(precision);
  const left = columns < 0 ? '-' : '';
  columns = Math.abs(columns);
  const conversion = { flags: flags + left, width: columns, precision: digits, letter };
  if (letter === 's') t.out.put(formatString(take() ?? '', conversion));
  else if (letter === 'c')
    t.out.put(formatString((take() ?? '').slice(0, 1), { ...conversion, precision: -1 }));
  else if (letter === 'b') {
    const { text, stop } = unescapeArgument(take() ?? '');
    t.out.put(formatString(text, conversion));
    run.stop = stop;
  } else if (letter === 'q') refuse(t, 'printf %q');
  else if ('diouxX'.includes(letter) && letter !== '')
    t.out.put(formatInteger(yield* integer(run, take() ?? '0'), conversion));
  else if ('eEfFgG'.includes(letter) && letter !== '')
    t.out.put(formatFloat(yield* float(run, take() ?? '0'), conversion));
  else {
    yield* t.out.flush();
    fail(t, `${all}: invalid conversion specification`);
  }
}

function* bad(run: Run, word: string, rest: string): Task<void> {
  const { t } = run;
  run.status = 1;
  yield* t.out.flush();
  const why = rest === word ? 'expected a numeric value' : 'value not completely converted';
  yield* complain(t, `${t.name}: ${quote(t, word)}: ${why}\n`);
}

function* integer(run: Run, word: string): Task<bigint> {
  if (/^['"]./s.test(word)) return BigInt(word.charCodeAt(1));
  const match = /^\s*([-+]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(word);
  const rest = match === null ? word : word.slice(match[0].length);
  if (rest !== '' && word !== '') yield* bad(run, word, rest);
  if (match === null) {
    if (word === '') yield* bad(run, word, rest);
    return 0n;
  }
  const digits = match[2] ?? '0';
  const size = /^0[0-7]/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  return match[1] === '-' ? -size : size;
}

function* float(run: Run, word: string): Task<number> {
  if (/^['"]./s.test(word)) return word.charCodeAt(1);
  const match =
    /^\s*[-+]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i.exec(
      word,
    );
  const rest = match === null ? word : word.slice(match[0].length);
  if (rest !== '' || word === '') yield* bad(run, word, rest);
  if (match === null) return 0;
  const text = match[0].trim();
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text);
}

export const printf: Program = tool(main);
