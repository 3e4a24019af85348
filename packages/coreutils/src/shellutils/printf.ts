// printf.ts — printf(1) of coreutils.
import {
  formatFloat,
  formatInteger,
  formatString,
  strtoimax,
  strtold,
  strtoumax,
} from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { complain, fail, failUsage, quote, tool } from '../tool.ts';
import { unescapeArgument, unescapeFormat } from './escapes.ts';

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

const take = (run: Run): string | undefined => run.args[run.next++];

function* star(run: Run, text: string): Task<number> {
  if (text !== '*') return Number(text);
  return Number(yield* numeric(run, take(run) ?? '0', strtoimax));
}

function* directive(run: Run, all: string, given: Directive): Task<void> {
  const { t } = run;
  const { flags, letter } = given;
  if (!accepts(flags, letter)) {
    yield* t.out.flush();
    fail(t, `${all}: invalid conversion specification`);
  }
  const columns = yield* star(run, given.width);
  const precision = given.precision === undefined ? -1 : yield* star(run, given.precision);
  const left = columns < 0 ? '-' : '';
  yield* convert(run, { flags: flags + left, width: Math.abs(columns), precision, letter });
}

type Conversion = Parameters<typeof formatString>[1];

function* convert(run: Run, conversion: Conversion): Task<void> {
  const { t } = run;
  switch (conversion.letter) {
    case 's':
      t.out.put(formatString(take(run) ?? '', conversion));
      break;
    case 'c':
      t.out.put(formatString((take(run) ?? '').slice(0, 1), { ...conversion, precision: -1 }));
      break;
    case 'b': {
      const { text, stop } = unescapeArgument(take(run) ?? '');
      t.out.put(formatString(text, conversion));
      run.stop = stop;
      break;
    }
    case 'q':
      refuse(t, 'printf %q');
      break;
    case 'd':
    case 'i':
      t.out.put(formatInteger(yield* numeric(run, take(run) ?? '0', strtoimax), conversion));
      break;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      t.out.put(formatInteger(yield* numeric(run, take(run) ?? '0', strtoumax), conversion));
      break;
    default:
      t.out.put(formatFloat(yield* numeric(run, take(run) ?? '0', strtold), conversion));
  }
}

function* bad(run: Run, word: string, why: string): Task<void> {
  const { t } = run;
  run.status = 1;
  yield* t.out.flush();
  yield* complain(t, `${t.name}: ${quote(t, word)}: ${why}\n`);
}

interface Scanned<T> {
  readonly value: T;
  readonly length: number;
  readonly outOfRange: boolean;
}

/** Parses a number; `'x` means the code of a character. Reports invalid ones. */
function* numeric<T>(run: Run, word: string, scan: (text: string) => Scanned<T>): Task<T> {
  if (/^['"]./s.test(word)) return scan(String(word.charCodeAt(1))).value;
  const { value, length, outOfRange } = scan(word);
  if (outOfRange) yield* bad(run, word, 'Numerical result out of range');
  else if (length === 0) yield* bad(run, word, 'expected a numeric value');
  else if (length < word.length) yield* bad(run, word, 'value not completely converted');
  return value;
}

/** Whether a conversion accepts the flags: `#` needs an alternate form, and `0` a number. */
const accepts = (flags: string, letter: string): boolean =>
  /[sbcqdiuoxXeEfFgG]/.test(letter) &&
  !(flags.includes('#') && /[cdisu]/.test(letter)) &&
  !(flags.includes('0') && /[cs]/.test(letter));

export const printf: Program = tool(main);
