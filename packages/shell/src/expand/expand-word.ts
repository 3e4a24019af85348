// expand-word.ts — Expands words to fields, or to one text. As in bash, the order is: tildes, parameters, commands and
// expressions, then word splitting, then patterns.
import { escapePattern } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { complain } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import { substituteProcess } from '../run/process-substitution.ts';
import { substitute } from '../run/substitute.ts';
import type { Purpose, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { ParameterSegment, Segment, Word } from '../syntax/ir.ts';
import { evaluate } from './evaluate.ts';
import type { Fields } from './fields.ts';
import { addLiteral, addQuoted, addSplit, createFields, endField } from './fields.ts';
import { glob, withoutIgnored } from './glob.ts';
import { expandParameter } from './parameter.ts';

/**
 * Expands words to fields: splits them and matches patterns against the tree. A word may expand to more fields than a call
 * can have arguments, hence the loops instead of `push(...fields)`.
 */
export function* expandWords(shell: Shell, words: readonly Word[]): Task<string[]> {
  const out: string[] = [];
  for (const word of words) {
    if (word.constant === undefined) {
      for (const field of yield* expandFields(shell, word)) out.push(field);
    } else out.push(word.constant);
  }
  return out;
}

export function* expandFields(shell: Shell, word: Word): Task<string[]> {
  const fields = createFields(fieldSeparators(shell), (pattern, text) =>
    matchNames(shell, pattern, text),
  );
  try {
    yield* addSegments(shell, fields, word.segments, false);
    endField(fields);
  } catch (error) {
    if (!(error instanceof NoMatch)) throw error;
    yield* complain(shell, error.message);
    throw new Unwind(shell.flags.errexit ? 'exit' : 'discard', 1);
  }
  return fields.out;
}

/** `shopt -s failglob`: a pattern without a match is an error. */
class NoMatch extends Error {
  constructor(pattern: string) {
    super(`no match: ${pattern}`);
  }
}

const fieldSeparators = (shell: Shell): string => getParameter(shell, 'IFS') ?? ' \t\n';

/** $GLOBIGNORE leaves names out. */
function matchNames(shell: Shell, pattern: string, text: string): readonly string[] | undefined {
  const { flags, root, cwd } = shell;
  if (flags.noglob) return undefined;
  const found = glob(pattern, {
    root,
    cwd,
    dotglob: flags.dotglob,
    nocase: flags.nocaseglob,
    extglob: flags.extglob,
    globstar: flags.globstar,
  });
  const ignored = getParameter(shell, 'GLOBIGNORE') ?? '';
  const names = ignored === '' ? found : withoutIgnored(found, ignored, flags.extglob);
  if (names.length > 0) return names;
  if (flags.failglob && IS_PATTERN.test(text)) throw new NoMatch(text);
  return flags.nullglob ? [] : [text];
}

/** A bracket alone is none. */
const IS_PATTERN = /[*?]|\[.*\]|[@+!]\(/s;

/** `split`: the text is the operand of an unquoted expansion, so it is split like a value. */
function* addSegments(
  shell: Shell,
  fields: Fields,
  segments: readonly Segment[],
  split: boolean,
): Task<void> {
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        if (segment.quoted) addQuoted(fields, segment.text);
        else if (split) addSplit(fields, segment.text);
        else addLiteral(fields, segment.text);
        break;
      case 'quotes':
        addQuoted(fields, '');
        break;
      case 'parameter':
        yield* addParameter(shell, fields, segment);
        break;
      case 'process':
        addQuoted(fields, substituteProcess(shell, segment));
        break;
      case 'tilde':
      case 'command':
      case 'arithmetic': {
        const text = yield* segmentText(shell, segment);
        if (segment.kind === 'tilde' || segment.quoted) {
          if (text !== '' || !('vanishes' in segment)) addQuoted(fields, text);
        } else addSplit(fields, text);
      }
    }
  }
}

function* addParameter(shell: Shell, fields: Fields, segment: ParameterSegment): Task<void> {
  const expansion = yield* expandParameter(shell, segment);
  if (typeof expansion === 'string') {
    if (!segment.quoted) addSplit(fields, expansion);
    else if (expansion !== '' || segment.vanishes !== true) addQuoted(fields, expansion);
  } else if ('segments' in expansion) {
    if (segment.quoted) addQuoted(fields, '');
    yield* addSegments(shell, fields, expansion.segments, true);
  } else addList(fields, segment, expansion);
}

function addList(fields: Fields, segment: ParameterSegment, list: readonly string[]): void {
  if (segment.quoted && isJoined(segment)) {
    addQuoted(fields, list.join(fields.ifs.slice(0, 1)));
  } else if (fields.ifs === '' && isStarOfNames(segment)) {
    addSplit(fields, list.join(segment.operation?.kind === 'keys' ? ' ' : ''));
  } else {
    for (const [i, text] of list.entries()) {
      if (i > 0) endField(fields, segment.quoted);
      if (segment.quoted) addQuoted(fields, text);
      else addSplit(fields, text);
    }
  }
}

/** Whether the parameter is `$*` (or similar), not `$@`. */
const isJoined = ({ name, index, operation, source }: ParameterSegment): boolean => {
  if (operation?.kind === 'names') return source.endsWith('*}');
  return name === '*' || index === '*';
};

/** `${!x*}` or `${!x[*]}`, which are one word without anything to split at. */
const isStarOfNames = (segment: ParameterSegment): boolean =>
  (segment.operation?.kind === 'names' || segment.operation?.kind === 'keys') && isJoined(segment);

type TextSegment = Extract<Segment, { kind: 'tilde' | 'command' | 'arithmetic' }>;

function segmentText(shell: Shell, segment: TextSegment): Task<string> {
  switch (segment.kind) {
    case 'tilde':
      return ready(home(shell, segment.user));
    case 'command':
      return substitute(shell, segment.body);
    case 'arithmetic':
      return arithmeticText(shell, segment.expression);
  }
}

function* arithmeticText(shell: Shell, expression: Word): Task<string> {
  const text = yield* expandText(shell, expression);
  return String(yield* evaluate(shell, text));
}

/** Expands a tilde. root is the only user, so a tilde before another name stays as it is. */
function home(shell: Shell, user: string): string {
  if (user === '') return getParameter(shell, 'HOME') ?? '/root';
  if (user === 'root') return '/root';
  if (user === '+') return shell.cwd;
  const old = user === '-' ? getParameter(shell, 'OLDPWD') : undefined;
  return old ?? `~${user}`;
}

/** Expands a word to one text, without splitting and globbing: the value of an assignment, a here-document, a pattern. */
export function expandText(shell: Shell, word: Word, purpose: Purpose = 'text'): Task<string> {
  if (word.literal !== undefined && purpose === 'text') return ready(word.literal);
  return textOf(shell, word.segments, purpose);
}

function* textOf(shell: Shell, segments: readonly Segment[], purpose: Purpose): Task<string> {
  let text = '';
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        text += segment.quoted ? mark(segment.text, purpose) : segment.text;
        break;
      case 'quotes':
        break;
      case 'parameter':
        text += yield* parameterText(shell, segment, purpose);
        break;
      case 'tilde':
        text += mark(home(shell, segment.user), purpose);
        break;
      case 'process':
        text += mark(substituteProcess(shell, segment), purpose);
        break;
      case 'command':
      case 'arithmetic': {
        const value = yield* segmentText(shell, segment);
        text += segment.quoted ? mark(value, purpose) : value;
      }
    }
  }
  return text;
}

function* parameterText(shell: Shell, segment: ParameterSegment, purpose: Purpose): Task<string> {
  const expansion = yield* expandParameter(shell, segment);
  if (typeof expansion === 'object' && 'segments' in expansion) {
    return yield* textOf(shell, expansion.segments, purpose);
  }
  const separator = isJoined(segment) ? fieldSeparators(shell).slice(0, 1) : ' ';
  const text = typeof expansion === 'string' ? expansion : expansion.join(separator);
  return segment.quoted ? mark(text, purpose) : text;
}

/** Escapes quoted text, so that it is literal in a pattern, a regular expression or a replacement. */
function mark(text: string, purpose: Purpose): string {
  switch (purpose) {
    case 'text':
      return text;
    case 'pattern':
      return escapePattern(text);
    case 'regex':
      return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    case 'replacement':
      return text.replaceAll(/[&\\]/g, '\\$&');
  }
}
