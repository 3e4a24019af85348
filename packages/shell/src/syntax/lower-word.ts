// lower-word.ts — Lowers unbash's word parts to segments: escapes, quotes, tildes.
import type { Word as SourceWord, WordPart } from 'unbash';

import { unescape } from '../expand/escapes.ts';
import { expandBraces } from './brace-expansion.ts';
import type { Segment, Word } from './ir.ts';
import { lowerBackticks, lowerSubstituted } from './lower-command.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerParameter, lowerSimpleParameter } from './lower-parameter.ts';
import type { Lowering, WordOptions } from './lowering.ts';
import { refuse } from './lowering.ts';

/** Characters that begin a pattern. */
const PATTERN = /[*?[(]/;

/** Lowers one word, without brace expansion. */
export function lowerWord(
  lowering: Lowering,
  word: SourceWord,
  { quoted = false, assignment = false }: WordOptions = {},
): Word {
  const segments: Segment[] = [];
  const { parts } = word;
  if (parts === undefined) pushOperand(segments, word.text, quoted);
  else {
    for (const part of parts) {
      if (part.type === 'Literal') pushOperand(segments, part.text, quoted);
      else pushPart(lowering, segments, part, quoted);
    }
  }
  const expanded = quoted ? segments : withTildes(segments, assignment);
  return makeWord(expanded, word.text);
}

/** Lowers a word of a command or list. Brace expansion may make several words of it. */
export function lowerWords(lowering: Lowering, word: SourceWord): readonly Word[] {
  if (word.parts?.some((part) => part.type === 'BraceExpansion') !== true) {
    return [lowerWord(lowering, word)];
  }
  const segments: Segment[] = [];
  for (const part of word.parts) pushPart(lowering, segments, part, false);
  return expandBraces(segments, lowering.limits).map((one) =>
    makeWord(withTildes(one, false), word.text),
  );
}

export function lowerParts(lowering: Lowering, parts: readonly WordPart[], quoted: boolean): Word {
  const segments: Segment[] = [];
  for (const part of parts) pushPart(lowering, segments, part, quoted);
  return makeWord(segments, '');
}

export function constantWord(text: string): Word {
  const segments: Segment[] = text === '' ? [] : [{ kind: 'text', text, quoted: true }];
  return { segments, constant: text, literal: text, source: text };
}

export function makeWord(all: readonly Segment[], source: string): Word {
  const segments = mergeText(all);
  let literal: string | undefined = '';
  let pattern = segments.length === 0;
  for (const segment of segments) {
    if (segment.kind === 'text') {
      literal += segment.text;
      if (!segment.quoted && PATTERN.test(segment.text)) pattern = true;
    } else if (segment.kind !== 'quotes') {
      literal = undefined;
      break;
    }
  }
  return { segments, constant: pattern ? undefined : literal, literal, source };
}

function mergeText(segments: readonly Segment[]): readonly Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const last = merged.at(-1);
    if (segment.kind === 'text' && last?.kind === 'text' && last.quoted === segment.quoted) {
      merged[merged.length - 1] = { ...last, text: last.text + segment.text };
    } else merged.push(segment);
  }
  return merged;
}

/** Adds a literal, or one of an operand inside double quotes: `"${x:-literal}"`. */
function pushOperand(segments: Segment[], text: string, quoted: boolean): void {
  pushLiteral(segments, quoted ? text.replaceAll(/\\([$`"\\}])|\\\n/g, '$1') : text, quoted);
}

/** Splits an unquoted literal at its backslashes; the character after each is quoted. */
function pushLiteral(segments: Segment[], text: string, quoted: boolean): void {
  if (quoted || !text.includes('\\')) {
    if (text !== '') segments.push({ kind: 'text', text, quoted });
    return;
  }
  let start = 0;
  for (let i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
    if (i > start) segments.push({ kind: 'text', text: text.slice(start, i), quoted: false });
    const escaped = text.slice(i + 1, i + 2);
    // A backslash at the end of the text is literal.
    if (escaped !== '\n') segments.push({ kind: 'text', text: escaped || '\\', quoted: true });
    start = i + 2;
  }
  if (start < text.length) segments.push({ kind: 'text', text: text.slice(start), quoted: false });
}

function pushPart(lowering: Lowering, segments: Segment[], part: WordPart, quoted: boolean): void {
  switch (part.type) {
    case 'Literal':
      if (quoted) pushLiteral(segments, part.value, true);
      else pushLiteral(segments, part.text, false);
      return;
    case 'Glob':
      if (part.kind === 'bracket') pushBracket(lowering, segments, part.parts, quoted);
      else segments.push({ kind: 'text', text: part.text, quoted });
      return;
    case 'AnsiCQuoted':
      segments.push({ kind: 'quotes' }, { kind: 'text', text: ansiText(part), quoted: true });
      return;
    case 'SingleQuoted':
      segments.push({ kind: 'quotes' }, { kind: 'text', text: part.value, quoted: true });
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      pushDoubleQuoted(lowering, segments, part.parts);
      return;
    case 'BraceExpansion':
      if (part.parts === undefined) pushLiteral(segments, part.text, quoted);
      else pushBraces(lowering, segments, part.parts);
      return;
    default:
      pushExpansion(lowering, segments, part, quoted);
  }
}

type Expansion = Exclude<
  WordPart,
  {
    type:
      | 'Literal'
      | 'Glob'
      | 'SingleQuoted'
      | 'AnsiCQuoted'
      | 'DoubleQuoted'
      | 'LocaleString'
      | 'BraceExpansion';
  }
>;

function pushExpansion(
  lowering: Lowering,
  segments: Segment[],
  part: Expansion,
  quoted: boolean,
): void {
  switch (part.type) {
    case 'SimpleExpansion':
      segments.push(lowerSimpleParameter(part.text, quoted));
      return;
    case 'ParameterExpansion':
      segments.push(lowerParameter(lowering, part, quoted));
      return;
    case 'CommandExpansion': {
      if (part.text.startsWith('${'))
        refuse(lowering, part.pos, `'${part.text.slice(0, 2)} command; }'`);
      if (part.script === undefined) refuse(lowering, part.pos, 'this command substitution');
      const { script, pos, text } = part;
      const body = text.startsWith('`')
        ? lowerBackticks(lowering, script, { pos, text: script.source ?? text.slice(1, -1) })
        : lowerSubstituted(lowering, script);
      segments.push({ kind: 'command', body, quoted });
      return;
    }
    case 'ArithmeticExpansion': {
      const expression = lowerExpression(lowering, arithmeticText(part.text), part.pos);
      segments.push({ kind: 'arithmetic', expression, quoted });
      return;
    }
    case 'ProcessSubstitution':
      pushProcess(lowering, segments, part);
      return;
    case 'ExtendedGlob':
      pushGroup(lowering, segments, part, quoted);
  }
}

type ExtendedGlob = Extract<WordPart, { type: 'ExtendedGlob' }>;

/** Adds `@(…)` or its like. Without extglob, bash calls it a syntax error, but for the patterns of `[[ … ]]`. */
function pushGroup(
  lowering: Lowering,
  segments: Segment[],
  { operator, parts, pattern, pos, text }: ExtendedGlob,
  quoted: boolean,
): void {
  if (!lowering.extglob) refuse(lowering, pos, `extended pattern ${text}`);
  segments.push({ kind: 'text', text: `${operator}(`, quoted });
  if (parts === undefined) pushLiteral(segments, pattern, quoted);
  else for (const part of parts) pushPart(lowering, segments, part, quoted);
  segments.push({ kind: 'text', text: ')', quoted });
}

type ProcessSubstitution = Extract<WordPart, { type: 'ProcessSubstitution' }>;

function pushProcess(lowering: Lowering, segments: Segment[], part: ProcessSubstitution): void {
  if (part.script === undefined) refuse(lowering, part.pos, 'this process substitution');
  const body = lowerSubstituted(lowering, part.script);
  segments.push({ kind: 'process', operator: part.operator, body });
}

/** Decodes `$'…'`, which ends at a NUL. unbash decodes to characters, but bash in the C locale to bytes. */
function ansiText({ text }: Extract<WordPart, { type: 'AnsiCQuoted' }>): string {
  const inner = text.replaceAll('\\\n', '').slice(2, -1);
  const rules = { octal: 'plain', quotes: true, stop: false, braces: true } as const;
  const decoded = unescape(inner, rules).text;
  const nul = decoded.indexOf('\0');
  return nul < 0 ? decoded : decoded.slice(0, nul);
}

/** Returns the expression in `$((…))`, or in the old form `$[…]`. */
const arithmeticText = (text: string): string =>
  text.startsWith('$[') ? text.slice(2, -1) : text.replace(/^\$(?:\\\n)*\(\(/, '').slice(0, -2);

function pushDoubleQuoted(
  lowering: Lowering,
  segments: Segment[],
  parts: readonly WordPart[],
): void {
  if (!parts.some(isAllParameters)) {
    segments.push({ kind: 'quotes' });
    for (const part of parts) pushPart(lowering, segments, part, true);
    return;
  }
  // Without parameters, "$@" expands to no word: neither its quotes nor an empty value beside it make one.
  const beside: Segment[] = [];
  for (const part of parts) pushPart(lowering, beside, part, true);
  for (const each of beside) segments.push(canVanish(each) ? { ...each, vanishes: true } : each);
}

const canVanish = (segment: Segment): segment is Vanishing =>
  segment.kind === 'parameter' || segment.kind === 'command';

type Vanishing = Extract<Segment, { kind: 'parameter' | 'command' }>;

function isAllParameters(part: WordPart): boolean {
  if (part.type === 'SimpleExpansion') return part.text === '$@';
  if (part.type !== 'ParameterExpansion' || part.prefix === '#') return false;
  return part.parameter === '@' || part.index?.text === '@' || part.operation?.type === 'Names';
}

function pushBracket(
  lowering: Lowering,
  segments: Segment[],
  parts: readonly WordPart[],
  quoted: boolean,
): void {
  segments.push({ kind: 'text', text: '[', quoted });
  for (const part of parts) pushPart(lowering, segments, part, quoted);
  segments.push({ kind: 'text', text: ']', quoted });
}

/** Adds a brace expression. If it contains parts, unbash omits the braces themselves. */
function pushBraces(lowering: Lowering, segments: Segment[], parts: readonly WordPart[]): void {
  segments.push({ kind: 'text', text: '{', quoted: false });
  for (const part of parts) pushPart(lowering, segments, part, false);
  segments.push({ kind: 'text', text: '}', quoted: false });
}

const TILDE = /^~([A-Za-z0-9_+-]*)(?=\/|$)/;
const ASSIGNMENT_TILDE = /^~([A-Za-z0-9_+-]*)(?=[/:]|$)/;

function withTildes(segments: readonly Segment[], assignment: boolean): readonly Segment[] {
  const [head] = segments;
  const assigned =
    assignment || head?.kind !== 'text' || head.quoted ? null : ASSIGNED.exec(head.text);
  if (assigned === null || head?.kind !== 'text') return withTildesAfter(segments, assignment);
  const rest: Segment = { ...head, text: head.text.slice(assigned[0].length) };
  const value = rest.text === '' ? segments.slice(1) : [rest, ...segments.slice(1)];
  return [{ ...head, text: assigned[0] }, ...withTildesAfter(value, true)];
}

/** A word that could be an assignment. Bash expands `~` after its `=`. */
const ASSIGNED = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

const hasTilde = (s: Segment): boolean => s.kind === 'text' && !s.quoted && s.text.includes('~');

function withTildesAfter(segments: readonly Segment[], assignment: boolean): readonly Segment[] {
  if (!segments.some(hasTilde)) return segments;
  const out: Segment[] = [];
  for (const [i, segment] of segments.entries()) {
    if (segment.kind !== 'text' || segment.quoted) out.push(segment);
    else {
      // The user's name must end in the same literal: `~"root"` is not expanded.
      const last = i === segments.length - 1;
      pushTildes(out, segment.text, { first: i === 0, last, assignment });
    }
  }
  return out;
}

interface TildeContext {
  readonly first: boolean;
  readonly last: boolean;
  readonly assignment: boolean;
}

function pushTildes(out: Segment[], text: string, { first, last, assignment }: TildeContext): void {
  const pattern = assignment ? ASSIGNMENT_TILDE : TILDE;
  const pieces = assignment ? text.split(/(?<=:)/) : [text];
  for (const [i, piece] of pieces.entries()) {
    const match = first || i > 0 ? pattern.exec(piece) : null;
    const ends = match !== null && match[0].length === piece.length && i === pieces.length - 1;
    if (match === null || (ends && !last)) out.push({ kind: 'text', text: piece, quoted: false });
    else {
      out.push({ kind: 'tilde', user: match[1] as string });
      const rest = piece.slice(match[0].length);
      if (rest !== '') out.push({ kind: 'text', text: rest, quoted: false });
    }
  }
}
