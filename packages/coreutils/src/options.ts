// options.ts — Options as getopt_long(3) reads them, with its messages.
import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { Failure } from './tool.ts';

/**
 *   short   letters; `:` after a letter: it takes a value; `::`: the value may be glued to it
 *   long    name → what it is read as: a letter of `short` or a name of its own, with `:` or `::` likewise
 */
export interface OptionSpec {
  readonly short?: string;
  readonly long?: Readonly<Record<string, string>>;
  /** Options that the real program has and this one refuses. */
  readonly refused?: string;
  readonly refusedLong?: readonly string[];
  /** Operands end the options (`+` of getopt): for programs that run others. */
  readonly inOrder?: boolean;
  readonly usage?: string;
  /** What --help prints; without, a line with the usage. */
  readonly help?: string;
  /** Before `Try 'NAME --help'`, of diffutils: `NAME: `. */
  readonly named?: boolean;
  /** Exit status of a wrong call. */
  readonly status?: number;
}

export interface Options {
  /** In order, repeated ones too. */
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  readonly has: (key: string) => boolean;
  /** Of the last one given. */
  readonly value: (key: string) => string | undefined;
}

interface Scan {
  readonly t: Tool;
  readonly spec: OptionSpec;
  readonly args: readonly string[];
  at: number;
  readonly given: [string, string][];
}

function failUsage(t: Tool, message: string, { status = 1, named = false }: OptionSpec): never {
  const hint = `${named ? `${t.name}: ` : ''}Try '${t.name} --help' for more information.`;
  throw new Failure(`${t.name}: ${message}\n${hint}\n`, status);
}

export function parseOptions(t: Tool, spec: OptionSpec, args: readonly string[] = t.args): Options {
  const scan: Scan = { t, spec, args, at: 0, given: [] };
  const operands: string[] = [];
  while (scan.at < args.length) {
    const arg = args[scan.at++] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(scan.at));
      break;
    }
    if (arg.startsWith('--')) scanLong(scan, arg.slice(2));
    else if (arg.length > 1 && arg.startsWith('-')) scanShort(scan, arg);
    else {
      operands.push(arg);
      if (spec.inOrder !== true) continue;
      operands.push(...args.slice(scan.at));
      break;
    }
  }
  const { given } = scan;
  // What is given again takes the place of what was given before.
  const last = new Map(given);
  return { given, operands, has: (key) => last.has(key), value: (key) => last.get(key) };
}

function scanShort(scan: Scan, arg: string): void {
  const { t, spec, args } = scan;
  const short = spec.short ?? '';
  for (let i = 1; i < arg.length; i++) {
    const letter = arg.charAt(i);
    const k = letter === ':' ? -1 : short.indexOf(letter);
    if (k < 0) {
      if (spec.refused?.includes(letter) === true) refuse(t, `-${letter}`);
      failUsage(t, `invalid option -- '${letter}'`, spec);
    }
    const takesValue = short.charAt(k + 1) === ':';
    if (!takesValue) {
      scan.given.push([letter, '']);
      continue;
    }
    const rest = arg.slice(i + 1);
    if (rest !== '' || short.charAt(k + 2) === ':') scan.given.push([letter, rest]);
    else if (scan.at < args.length) scan.given.push([letter, args[scan.at++] ?? '']);
    else failUsage(t, `option requires an argument -- '${letter}'`, spec);
    return;
  }
}

function scanLong(scan: Scan, word: string): void {
  const { t, spec, args } = scan;
  const equals = word.indexOf('=');
  const typed = equals < 0 ? word : word.slice(0, equals);
  const name = fullName(scan, typed);
  if (name === 'help') printHelp(t, spec);
  if (name === 'version' && spec.long?.['version'] === undefined) refuse(t, '--version');
  const target = spec.long?.[name];
  if (target === undefined) refuse(t, `--${name}`);
  const key = target.replace(/:+$/, '');
  const colons = target.length - key.length;
  if (equals >= 0) {
    if (colons === 0) {
      failUsage(t, `option '--${name}' doesn't allow an argument`, spec);
    }
    scan.given.push([key, word.slice(equals + 1)]);
  } else if (colons === 1) {
    if (scan.at >= args.length) {
      failUsage(t, `option '--${name}' requires an argument`, spec);
    }
    scan.given.push([key, args[scan.at++] ?? '']);
  } else scan.given.push([key, '']);
}

/** A name may be cut short as long as one option only can be meant. */
function fullName({ t, spec }: Scan, typed: string): string {
  const names = [...Object.keys(spec.long ?? {}), ...(spec.refusedLong ?? []), 'help', 'version'];
  if (names.includes(typed)) return typed;
  const meant = names.filter((name) => name.startsWith(typed));
  const [first] = meant;
  if (first === undefined) failUsage(t, `unrecognized option '--${typed}'`, spec);
  const targets = new Set(meant.map((name) => spec.long?.[name] ?? name));
  if (targets.size === 1) return first;
  const possible = meant.map((name) => `'--${name}'`).join(' ');
  failUsage(t, `option '--${typed}' is ambiguous; possibilities: ${possible}`, spec);
}

function printHelp(t: Tool, spec: OptionSpec): never {
  t.out.put(spec.help ?? `Usage: ${t.name} ${spec.usage ?? '[OPTION]... [FILE]...'}\n`);
  throw new Failure('', 0);
}
