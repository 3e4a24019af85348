// printf.ts — printf [-v name] format [argument …]
import { formatFloat, formatInteger, formatString, formatTime, isUtc, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { unescape } from '../expand/escapes.ts';
import { quoteWithBackslashes } from '../expand/quote.ts';
import { setNamed } from '../expand/subscript.ts';
import { complain, printOutput } from '../messages.ts';
import { environment } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';
import { parseFloat, parseInteger } from './printf-argument.ts';
import { printUsage } from './usage.ts';

interface Output {
  readonly shell: Shell;
  readonly args: readonly string[];
  /** The text goes to a variable, so nothing is written. */
  readonly kept: boolean;
  next: number;
  text: string;
  status: number;
  /** Output ends here, because of `\c` in a %b or an error in the format. */
  stop: boolean;
}

export const printf: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'v:' });
  if (typeof parsed === 'number') return parsed;
  const variable = parsed.given.at(-1)?.[1];
  if (variable !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*(?:\[.+\])?$/.test(variable)) {
    yield* complain(shell, `printf: \`${variable}': not a valid identifier`);
    return 2;
  }
  const [format, ...operands] = parsed.operands;
  if (format === undefined) return yield* printUsage(shell, 'printf');
  const output: Output = {
    shell,
    args: operands,
    kept: variable !== undefined,
    next: 0,
    text: '',
    status: 0,
    stop: false,
  };
  yield* formatAll(output, format);
  if (variable !== undefined) return yield* store(shell, variable, output);
  const written = yield* printOutput(shell, 'printf', output.text);
  return written === 0 ? output.status : written;
};

function* store(shell: Shell, variable: string, { text, status }: Output): Task<number> {
  return (yield* setNamed(shell, variable, text)) ? status : 1;
}

/** Repeats the format while arguments are left, if it consumes any. */
function* formatAll(output: Output, format: string): Task<void> {
  do {
    const before = output.next;
    yield* formatOnce(output, format);
    if (output.next === before) return;
  } while (output.next < output.args.length && !output.stop);
}

const DIRECTIVE = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|j|z|t)*(\([^)]*\)T|[^])?/;

function* formatOnce(output: Output, format: string): Task<void> {
  let i = 0;
  while (i < format.length && !output.stop) {
    const percent = format.indexOf('%', i);
    const literal = format.slice(i, percent < 0 ? undefined : percent);
    yield* addLiteral(output, literal);
    if (percent < 0) return;
    const match = DIRECTIVE.exec(format.slice(percent)) as RegExpExecArray;
    yield* directive(output, match);
    i = percent + match[0].length;
  }
}

/** Adds text of the format. A complaint comes where the escape is, after what was printed before it. */
function* addLiteral(output: Output, literal: string): Task<void> {
  const { text, incomplete } = unescape(literal, { octal: 'plain', quotes: true, stop: false });
  let added = 0;
  for (const { at, message } of incomplete) {
    output.text += text.slice(added, at);
    added = at;
    yield* complainAfterLines(output, message);
  }
  output.text += text.slice(added);
}

/** The flags, width and precision of a directive. */
interface Spec {
  readonly flags: string;
  readonly width: number;
  /** -1 if no precision was given. */
  readonly precision: number;
}

function* directive(output: Output, match: RegExpExecArray): Task<void> {
  const [all, flags = '', width, precision, conversion] = match as unknown as readonly (
    | string
    | undefined
  )[];
  if (conversion === undefined) {
    const message =
      all === '%' ? "`%': missing format character" : `\`${all}': missing format character`;
    yield* complainAfterLines(output, message);
    output.status = 1;
    output.stop = true;
    return;
  }
  let spec = {
    flags,
    width: width === '*' ? yield* integerArgument(output) : Number(width ?? 0),
    precision: yield* precisionOf(output, precision),
  };
  if (spec.width < 0) spec = { ...spec, flags: `${flags}-`, width: -spec.width };
  if (all === '%%') output.text += '%';
  else yield* convert(output, spec, conversion);
}

function* precisionOf(output: Output, text: string | undefined): Task<number> {
  if (text === undefined) return -1;
  const precision = text === '*' ? yield* integerArgument(output) : Number(text || 0);
  return Math.max(precision, -1);
}

function* integerArgument(output: Output): Task<number> {
  return Number(yield* number(output, true));
}

function* convert(output: Output, spec: Spec, letter: string): Task<void> {
  const conversion = { ...spec, letter };
  switch (letter) {
    case 's':
      output.text += formatString(argument(output), conversion);
      return;
    case 'c':
      output.text += formatString(argument(output).charAt(0), { ...conversion, precision: -1 });
      return;
    case 'b': {
      const result = unescape(argument(output), { octal: 'both', quotes: true, stop: true });
      for (const { message } of result.incomplete) yield* complainAfterLines(output, message);
      output.text += formatString(result.text, conversion);
      if (result.stop) output.stop = true;
      return;
    }
    case 'q':
      output.text += formatString(quoteWithBackslashes(argument(output)), conversion);
      return;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': {
      // If the number is invalid, the message comes after the text so far, which is written first.
      const value = yield* number(output, /[di]/.test(letter));
      output.text += formatInteger(value, conversion);
      return;
    }
    default:
      yield* convertOther(output, spec, letter);
  }
}

function* convertOther(output: Output, spec: Spec, conversion: string): Task<void> {
  const { shell } = output;
  if (/^[eEfFgG]$/.test(conversion)) {
    const { value, message } = parseFloat(argument(output));
    if (message !== undefined) yield* report(output, message);
    output.text += formatFloat(value, { ...spec, letter: conversion });
    return;
  }
  if (conversion.endsWith('T') && conversion.length > 1) {
    output.text += formatString(yield* timeArgument(output, conversion), { ...spec, letter: 's' });
    return;
  }
  if (/^[aAnQ]$/.test(conversion)) {
    throw new NotSupported(shell.file, shell.line, `printf %${conversion}`);
  }
  yield* complainAfterLines(output, `\`${conversion}': invalid format character`);
  output.status = 1;
  output.stop = true;
}

/** `%(FORMAT)T` of seconds since 1970, of now (-1, or no argument), or of the start of the shell (-2). */
function* timeArgument(output: Output, conversion: string): Task<string> {
  const { shell } = output;
  const { sim, secondsFrom } = shell;
  const zone = environment(shell).get('TZ');
  if (!isUtc(zone)) throw new NotSupported(shell.file, shell.line, `TZ=${zone}`);
  const given = output.next < output.args.length;
  const seconds = given ? Number(yield* number(output, true)) : -1;
  const now = momentOf(sim);
  const started = now.seconds - Math.floor((sim.now - secondsFrom) / 1e9);
  const format = conversion.slice(1, -2);
  const shown = seconds === -1 ? now.seconds : seconds === -2 ? started : seconds;
  return formatTime(format === '' ? '%X' : format, shown);
}

const argument = (output: Output): string => output.args[output.next++] ?? '';

function* number(output: Output, signed: boolean): Task<bigint> {
  const missing = output.next >= output.args.length;
  const text = argument(output);
  if (missing) return 0n;
  const { value, message } = parseInteger(text, signed);
  if (message !== undefined) yield* report(output, message);
  return value;
}

/** Prints an error. As standard output is line buffered, whole lines are written first. */
function* complainAfterLines(output: Output, message: string): Task<void> {
  const end = output.kept ? 0 : output.text.lastIndexOf('\n') + 1;
  if (end > 0) yield* printOutput(output.shell, 'printf', output.text.slice(0, end));
  output.text = output.text.slice(end);
  yield* complain(output.shell, `printf: ${message}`);
}

/** Prints a warning, which does not change the status. */
function* report(output: Output, message: string): Task<void> {
  yield* complainAfterLines(output, message);
  if (!message.startsWith('warning')) output.status = 1;
}
