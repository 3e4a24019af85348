// command-line.ts — fio's command line: options of its own, job files, and jobs written as options. After fio's init.c: parse_cmd_line.
import type { Section, WrittenOption } from './job-file.ts';
import { FLAGS, optionName, setterOf } from './option-table.ts';
import { IGNORED_OPTIONS, REFUSED_OPTIONS } from './refused-options.ts';

export type Format = 'normal' | 'json' | 'json+';

export interface CommandLine {
  readonly files: readonly string[];
  /** The jobs and globals that were written as options, in order. */
  readonly sections: readonly Section[];
  readonly formats: readonly Format[];
  readonly output: string | null;
  /** The names of the jobs to run from job files; empty for all. */
  readonly only: readonly string[];
  readonly readonly: boolean;
  readonly parseOnly: boolean;
}

export type Parsed =
  | { readonly kind: 'run'; readonly line: CommandLine }
  | { readonly kind: 'version' | 'help' }
  | { readonly kind: 'error'; readonly message: string }
  /** An option that fio has and the simulator has not. */
  | { readonly kind: 'refused'; readonly what: string };

const WITH_VALUE: ReadonlySet<string> = new Set([
  'output',
  'output-format',
  'section',
  'eta',
  'eta-interval',
  'eta-newline',
  'max-jobs',
  'alloc-size',
]);
const ALONE: ReadonlySet<string> = new Set(['readonly', 'parse-only', 'version', 'help']);
const REFUSED: ReadonlySet<string> = new Set(
  `debug latency-log memcpytest merge-blktrace-only bandwidth-log minimal append-terse terse-version cpuclock-test crctest cmdhelp enghelp
  showcmd status-interval server daemonize client remote-config idle-prof inflate-log trigger-file trigger-timeout trigger
  trigger-remote aux-path warnings-fatal profile`.split(/\s+/),
);

interface Scan {
  readonly files: string[];
  readonly sections: { name: string; isGlobal: boolean; options: WrittenOption[] }[];
  readonly only: string[];
  formats: readonly Format[];
  output: string | null;
  readonly: boolean;
  parseOnly: boolean;
}

type Stop = Exclude<Parsed, { kind: 'run' }>;

export function parseCommandLine(args: readonly string[]): Parsed {
  const scan: Scan = {
    files: [],
    sections: [],
    only: [],
    formats: ['normal'],
    output: null,
    readonly: false,
    parseOnly: false,
  };
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const stop = isOption(word) ? longOption(scan, word, words) : operand(scan, word);
    if (stop !== 'taken') return stop;
  }
  return { kind: 'run', line: scan };
}

/** One dash or two: `-rw=read` is `--rw=read`. */
const isOption = (word: string): boolean => word.startsWith('-') && word.length > 2;

function operand(scan: Scan, word: string): Stop | 'taken' {
  if (word.startsWith('-') && word !== '-') return { kind: 'refused', what: word };
  scan.files.push(word);
  return 'taken';
}

/** Returns the value of an option, which may be the next word if the option needs one. */
function longOption(scan: Scan, word: string, next: string[]): Stop | 'taken' {
  const equals = word.indexOf('=');
  const dashes = word.startsWith('--') ? 2 : 1;
  const name = word.slice(dashes, equals < 0 ? undefined : equals);
  let value = equals < 0 ? null : word.slice(equals + 1);
  if (value === null && needsValue(name)) {
    value = next.shift() ?? null;
    const missing = `fio: option '${word}' requires an argument\nfio: unrecognized option '${word}'\n`;
    if (value === null) return { kind: 'error', message: missing };
  }
  return ownOption(scan, name, value) ?? jobOption(scan, word, { name, value });
}

function needsValue(name: string): boolean {
  if (WITH_VALUE.has(name) || name === 'name') return true;
  const option = optionName(name);
  return setterOf(option) !== undefined && !FLAGS.has(option);
}

/** Returns undefined if the option is not one of fio's own. */
function ownOption(scan: Scan, name: string, value: string | null): Stop | 'taken' | undefined {
  if (REFUSED.has(name)) return { kind: 'refused', what: `--${name}` };
  if (!WITH_VALUE.has(name) && !ALONE.has(name)) return undefined;
  if (name === 'version' || name === 'help') return { kind: name };
  if (name === 'output-format') return outputFormat(scan, value ?? '') ?? 'taken';
  note(scan, name, value);
  return 'taken';
}

function note(scan: Scan, name: string, value: string | null): void {
  if (name === 'readonly') scan.readonly = true;
  if (name === 'parse-only') scan.parseOnly = true;
  if (name === 'output') scan.output = value;
  if (name === 'section') scan.only.push(value ?? '');
}

function outputFormat(scan: Scan, value: string): Stop | undefined {
  const formats: Format[] = [];
  for (const format of value.split(',')) {
    if (format === 'terse' || format === 'minimal')
      return { kind: 'refused', what: `--output-format=${format}` };
    if (format !== 'normal' && format !== 'json' && format !== 'json+') {
      const message = `fio: invalid output format ${format}\nfio: failed parsing output-format\n`;
      return { kind: 'error', message };
    }
    formats.push(format);
  }
  scan.formats = formats;
  return undefined;
}

/** `--name` begins a job. Options before the first job hold for all jobs. */
function jobOption(scan: Scan, word: string, option: WrittenOption): Stop | 'taken' {
  const { name, value } = option;
  if (name === 'name') {
    scan.sections.push({ name: value ?? '', isGlobal: value === 'global', options: [] });
    return 'taken';
  }
  const known = optionName(name);
  if (setterOf(known) === undefined && !REFUSED_OPTIONS.has(name) && !IGNORED_OPTIONS.has(name))
    return { kind: 'error', message: `fio: unrecognized option '${word}'\n`.repeat(2) };
  if (scan.sections.length === 0)
    scan.sections.push({ name: 'global', isGlobal: true, options: [] });
  scan.sections.at(-1)?.options.push(option);
  return 'taken';
}
