// grep-plan.ts — Parses the options and patterns of grep(1).
import { compilePerl, compileRegex, RegexError, PerlRefusal } from '@dmsim/libc';
import type { Matcher, Regex, RegexMatch, RegexOptions } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { closeFile, openInput, readWhole } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, warn } from '../tool.ts';
import { createLiteralIndex } from './literal-index.ts';

export const SPEC: OptionSpec = {
  short: 'A:B:C:EFGHIPLRVZabce:f:hilm:noqrsvwxyzU',
  long: {
    'after-context': 'A:',
    'before-context': 'B:',
    context: 'C:',
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'perl-regexp': 'P',
    regexp: 'e:',
    file: 'f:',
    'ignore-case': 'i',
    'no-ignore-case': 'no-ignore-case',
    'word-regexp': 'w',
    'line-regexp': 'x',
    'null-data': 'z',
    'no-messages': 's',
    'invert-match': 'v',
    'max-count': 'm:',
    'line-number': 'n',
    'with-filename': 'H',
    'no-filename': 'h',
    'line-buffered': 'line-buffered',
    'only-matching': 'o',
    quiet: 'q',
    silent: 'q',
    text: 'a',
    'binary-files': 'binary-files:',
    recursive: 'r',
    'dereference-recursive': 'R',
    include: 'include:',
    exclude: 'exclude:',
    'exclude-dir': 'exclude-dir:',
    'files-without-match': 'L',
    'files-with-matches': 'l',
    count: 'c',
    null: 'Z',
    color: 'color::',
    colour: 'color::',
    directories: 'd:',
    'byte-offset': 'b',
    label: 'label:',
  },
  refused: 'TudDX',
  refusedLong: [
    'fixed-regexp',
    'group-separator',
    'no-group-separator',
    'unix-byte-offsets',
    'initial-tab',
    'devices',
    'exclude-from',
  ],
  status: 2,
};

/** A match within a line. */
export interface Part {
  readonly start: number;
  readonly text: string;
}

export interface Plan {
  readonly names: readonly string[];
  readonly matches: (line: string) => boolean;
  /** Returns the parts of a line that -o prints. */
  readonly parts: (line: string) => Part[];
  readonly invert: boolean;
  readonly count: boolean;
  readonly quiet: boolean;
  readonly noMessages: boolean;
  readonly list: 'none' | 'with' | 'without';
  readonly listEnd: string;
  readonly nameEnd: (mark: string) => string;
  readonly withName: boolean;
  readonly lineNumber: boolean;
  readonly byteOffset: boolean;
  readonly color: boolean;
  /** The name of standard input. */
  readonly label: string;
  readonly onlyMatching: boolean;
  readonly maxCount: number;
  readonly before: number;
  readonly after: number;
  readonly context: boolean;
  /** Something was printed before, so `--` must precede the next file's first group of context. */
  separate: boolean;
  readonly recursive: boolean;
  readonly followLinks: boolean;
  readonly bareNames: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly excludeDirectories: readonly string[];
  readonly delimiter: string;
  readonly binaryFiles: 'binary' | 'text' | 'without-match';
}

/** Whether more than one file may be searched: a directory has any number of them. */
const hasFiles = (t: Tool, names: readonly string[], recursive: boolean): boolean => {
  const node = recursive && names.length === 1 ? lookup(t, names[0] as string) : undefined;
  return names.length > 1 || (typeof node === 'object' && node.kind === 'directory');
};

export function* planOf(t: Tool, options: Options): Task<Plan> {
  const { has, value, given } = options;
  checkRefused(t, options);
  const { patterns, operands } = yield* patternsOf(t, options);
  const regexes = yield* compileAll(t, patterns, options);
  const recursive = has('r') || has('R');
  const names = operands.length > 0 ? operands : [recursive ? '.' : '-'];
  const naming = given.findLast(([key]) => key === 'h' || key === 'H')?.[0];
  const { before, after, context } = contextOf(t, options);
  const all = (key: string): string[] => given.filter(([k]) => k === key).map(([, v]) => v);
  return {
    names,
    matches: (line) => regexes.some((regex) => regex.test(line)),
    parts: (line) => partsOf(regexes, line),
    invert: has('v'),
    count: has('c'),
    quiet: has('q'),
    noMessages: has('s'),
    list: listOf(options),
    listEnd: has('Z') ? '\0' : '\n',
    nameEnd: (mark) => (has('Z') ? '\0' : mark),
    withName: naming === undefined ? hasFiles(t, names, recursive) : naming === 'H',
    lineNumber: has('n'),
    byteOffset: has('b'),
    color: isColored(value('color')),
    label: value('label') ?? '(standard input)',
    onlyMatching: has('o'),
    maxCount: maxCountOf(t, value('m')),
    before,
    after,
    context,
    separate: false,
    recursive,
    followLinks: has('R'),
    bareNames: operands.length === 0,
    include: all('include'),
    exclude: all('exclude'),
    excludeDirectories: all('exclude-dir'),
    delimiter: has('z') ? '\0' : '\n',
    binaryFiles: binaryFilesOf(t, options),
  };
}

/** What to do with a file that has a NUL: the last of -a, -I and --binary-files counts. */
function binaryFilesOf(t: Tool, { given }: Options): Plan['binaryFiles'] {
  const last = given.findLast(([key]) => key === 'a' || key === 'I' || key === 'binary-files');
  if (last === undefined) return 'binary';
  const [key, word] = last;
  if (key !== 'binary-files') return key === 'a' ? 'text' : 'without-match';
  if (word === 'binary' || word === 'text' || word === 'without-match') return word;
  return fail(t, 'unknown binary-files type', 2);
}

function listOf({ has }: Options): Plan['list'] {
  if (has('l')) return 'with';
  return has('L') ? 'without' : 'none';
}

/** A negative count means no limit. */
function maxCountOf(t: Tool, text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^-?\d+$/.test(text)) fail(t, 'invalid max count', 2);
  return text.startsWith('-') ? Infinity : Number(text);
}

/** -A and -B override -C; -o prints no context, but separates what would have had some. */
function contextOf(t: Tool, { has, value }: Options): Pick<Plan, 'before' | 'after' | 'context'> {
  const length = (key: string, otherwise: number): number => {
    const text = value(key);
    if (text === undefined) return otherwise;
    return /^\d+$/.test(text)
      ? Number(text)
      : fail(t, `${text}: invalid context length argument`, 2);
  };
  const around = length('C', 0);
  const [after, before] = [length('A', around), length('B', around)];
  const context = ['A', 'B', 'C'].some(has);
  return has('o') ? { before: 0, after: 0, context } : { before, after, context };
}

const isColored = (when: string | undefined): boolean =>
  when === 'always' || when === 'yes' || when === 'force';

function checkRefused(t: Tool, { has }: Options): void {
  if (has('V')) refuse(t, '-V');
  if (has('d')) refuse(t, '-d');
}

function* patternsOf(
  t: Tool,
  { given, operands }: Options,
): Task<{ patterns: string[]; operands: readonly string[] }> {
  const texts: string[] = [];
  let any = false;
  for (const [key, text] of given) {
    if (key === 'e') texts.push(text);
    else if (key === 'f') {
      const file = yield* openInput(t, text);
      if (typeof file === 'string') fail(t, `${text}: ${strerror(file)}`, 2);
      const content = yield* readWhole(t, file);
      closeFile(t, file);
      if (typeof content !== 'string') fail(t, `${text}: ${strerror(content.errno)}`, 2);
      if (content !== '') texts.push(content.replace(/\n$/, ''));
    } else continue;
    any = true;
  }
  if (any) return { patterns: texts.flatMap((text) => text.split('\n')), operands };
  const [first, ...rest] = operands;
  if (first === undefined) failUsage(t, '', 2);
  return { patterns: first.split('\n'), operands: rest };
}

function* compileAll(t: Tool, patterns: readonly string[], options: Options): Task<Matcher[]> {
  const { has, given } = options;
  if (has('P')) return [perlMatcher(t, patterns, options)];
  const kind = given.findLast(([key]) => 'EFG'.includes(key))?.[0] ?? 'G';
  const regexOptions: RegexOptions = {
    extended: kind === 'E',
    ignoreCase: ignoresCase(options),
    utf8: t.utf8,
    whole: wholeOf(options),
  };
  const compile = (pattern: string): Regex =>
    compileOne(t, kind === 'F' ? quoted(pattern) : checked(t, pattern), regexOptions);
  const many = patterns.length > FEW;
  const words = many ? patterns.filter((pattern) => isWord(pattern, regexOptions, kind)) : [];
  if (patterns.length - words.length > MOST_EXPRESSIONS) {
    refuse(t, `more than ${MOST_EXPRESSIONS} regular expressions`);
  }
  const regexes: Matcher[] = words.length > 0 ? [anyOfWords(words, compile, regexOptions)] : [];
  for (const pattern of patterns) {
    if (many && isWord(pattern, regexOptions, kind)) continue;
    const regex = compile(pattern);
    for (const op of regex.parsed.leading) yield* warn(t, `warning: ${op} at start of expression`);
    regexes.push(regex);
  }
  return regexes;
}

/** As many patterns are tried one by one on each line. */
const FEW = 16;
/** Each of them is tried on each line. */
const MOST_EXPRESSIONS = 10_000;

/** The pattern stands for itself. */
function isWord(pattern: string, { ignoreCase }: RegexOptions, kind: string): boolean {
  if (ignoreCase === true && /[\x80-\xff]/.test(pattern)) return false;
  return kind === 'F' || /^[^\\[\].*^$+?(){}|:]*$/.test(pattern);
}

/** One matcher for many words, which compiles a word when a line has it. */
function anyOfWords(
  words: readonly string[],
  compile: (pattern: string) => Regex,
  { ignoreCase }: RegexOptions,
): Matcher {
  const numbersIn = createLiteralIndex({ words, ignoreCase: ignoreCase === true });
  const compiled = new Map<number, Regex>();
  const regexOf = (number: number): Regex => {
    const known = compiled.get(number) ?? compile(words[number] as string);
    compiled.set(number, known);
    return known;
  };
  const candidates = (line: string): Regex[] => (numbersIn(line) ?? [...words.keys()]).map(regexOf);
  return {
    test: (line) => candidates(line).some((regex) => regex.test(line)),
    exec: (line, from) => leftmostLongest(candidates(line), line, from ?? 0),
  };
}

const quoted = (text: string): string => text.replace(/[\\[\].*^$]/g, String.raw`\$&`);

function checked(t: Tool, pattern: string): string {
  if (!/^\[:.*:\]$/.test(pattern)) return pattern;
  return fail(t, 'character class syntax is [[:space:]], not [:space:]', 2);
}

function compileOne(t: Tool, source: string, options: RegexOptions): Regex {
  try {
    return compileRegex(source, options);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return fail(t, error.message, 2);
  }
}

/** The part of a line that a match must cover: -x or -w. */
function wholeOf({ has }: Options): 'line' | 'word' | 'any' {
  if (has('x')) return 'line';
  return has('w') ? 'word' : 'any';
}

function ignoresCase({ given }: Options): boolean {
  const casing = given.findLast(
    ([key]) => key === 'i' || key === 'y' || key === 'no-ignore-case',
  )?.[0];
  return casing !== undefined && casing !== 'no-ignore-case';
}

function perlMatcher(t: Tool, patterns: readonly string[], options: Options): Matcher {
  const { has, given } = options;
  const [pattern = ''] = patterns;
  if (given.some(([key]) => 'EFG'.includes(key))) fail(t, 'conflicting matchers specified', 2);
  if (patterns.length > 1) fail(t, 'the -P option only supports a single pattern', 2);
  if (has('z')) refuse(t, '-P with -z');
  /** Reports PCRE features that are not supported. Some only show when a text is matched. */
  const guarded = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      if (error instanceof PerlRefusal) refuse(t, `-P '${pattern}': ${error.message}`);
      if (!(error instanceof RegexError)) throw error;
      return fail(t, error.message, 2);
    }
  };
  const matcher = guarded(() =>
    compilePerl(pattern, {
      ignoreCase: ignoresCase(options),
      utf8: t.utf8,
      whole: wholeOf(options),
    }),
  );
  return {
    test: (text) => guarded(() => matcher.test(text)),
    exec: (text, from) => guarded(() => matcher.exec(text, from)),
  };
}

function partsOf(regexes: readonly Matcher[], line: string): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from <= line.length;) {
    const found = leftmostLongest(regexes, line, from);
    if (found === undefined) break;
    if (found.end > found.start) {
      parts.push({ start: found.start, text: line.slice(found.start, found.end) });
    }
    from = found.end > found.start ? found.end : found.end + 1;
  }
  return parts;
}

function leftmostLongest(
  regexes: readonly Matcher[],
  line: string,
  from: number,
): RegexMatch | undefined {
  let best: RegexMatch | undefined;
  for (const regex of regexes) {
    const found = regex.exec(line, from);
    if (found === undefined) continue;
    if (
      best === undefined ||
      found.start < best.start ||
      (found.start === best.start && found.end > best.end)
    ) {
      best = found;
    }
  }
  return best;
}
