// parameter-operation.ts — Applies `${x#…}`, `${x/…}`, `${x^}` and `${x@…}` to a value, or to each value of a list.
import type { Pattern } from '@dmsim/libc';
import { compilePattern, matchesPattern, prefixLength, suffixLength } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import type { Operation, Word } from '../syntax/ir.ts';
import { unescape } from './escapes.ts';
import { expandText } from './expand-word.ts';
import { expandPrompt } from './prompt.ts';
import { quoteAlways } from './quote.ts';

type TextOperation = Extract<Operation, { kind: 'remove' | 'replace' | 'case' | 'transform' }>;

export function* applyOperation(
  shell: Shell,
  operation: Operation,
  value: string | readonly string[],
): Task<string | readonly string[]> {
  if (operation.kind === 'transform' && operation.operator === 'P')
    return yield* expandPrompts(shell, value);
  const change = yield* prepare(shell, operation as TextOperation);
  return typeof value === 'string' ? change(value) : value.map(change);
}

function* expandPrompts(
  shell: Shell,
  value: string | readonly string[],
): Task<string | readonly string[]> {
  if (typeof value === 'string') return yield* expandPrompt(shell, value);
  const texts: string[] = [];
  for (const text of value) texts.push(yield* expandPrompt(shell, text));
  return texts;
}

function* prepare(shell: Shell, operation: TextOperation): Task<(text: string) => string> {
  switch (operation.kind) {
    case 'remove': {
      const pattern = yield* patternOf(shell, operation.operand);
      const { operator } = operation;
      return (text) => removeMatch(pattern, text, operator);
    }
    case 'replace': {
      const pattern = yield* patternOf(shell, operation.pattern);
      const replacement = yield* expandText(shell, operation.replacement, 'replacement');
      const { operator } = operation;
      return (text) => replaceMatches(text, { pattern, replacement, operator });
    }
    case 'case': {
      const { operand, operator } = operation;
      const source = operand === undefined ? '' : yield* expandText(shell, operand, 'pattern');
      const pattern = compilePattern(source === '' ? '?' : source, shell.flags.extglob);
      return (text) => changeCase(text, operator, (char) => matchesPattern(pattern, char));
    }
    case 'transform':
      return (text) => transform(text, operation.operator);
  }
}

function* patternOf(shell: Shell, word: Word): Task<Pattern> {
  return compilePattern(yield* expandText(shell, word, 'pattern'), shell.flags.extglob);
}

function removeMatch(pattern: Pattern, text: string, operator: '#' | '##' | '%' | '%%'): string {
  const longest = operator.length === 2;
  if (operator.startsWith('#')) {
    const length = prefixLength(pattern, text, { longest });
    return length <= 0 ? text : text.slice(length);
  }
  const length = suffixLength(pattern, text, longest);
  return length <= 0 ? text : text.slice(0, text.length - length);
}

interface Replacement {
  readonly pattern: Pattern;
  /** `&` stands for the match, unless it follows a backslash. */
  readonly replacement: string;
  readonly operator: '/' | '//' | '/#' | '/%';
}

function replaceMatches(text: string, options: Replacement): string {
  const { pattern, operator } = options;
  if (operator === '/#') {
    const length = prefixLength(pattern, text, { longest: true });
    return length < 0 ? text : fill(options, text.slice(0, length)) + text.slice(length);
  }
  if (operator === '/%') {
    const length = suffixLength(pattern, text, true);
    const start = text.length - length;
    return length < 0 ? text : text.slice(0, start) + fill(options, text.slice(start));
  }
  if (pattern.tokens.length === 0) return text;
  let out = '';
  let copied = 0;
  for (let i = 0; i <= text.length;) {
    const length = matchAt(pattern, text, i);
    if (length <= 0) {
      i++;
      continue;
    }
    out += text.slice(copied, i) + fill(options, text.slice(i, i + length));
    i += length;
    copied = i;
    if (operator === '/') break;
  }
  return out + text.slice(copied);
}

function matchAt(pattern: Pattern, text: string, at: number): number {
  if (pattern.literal === undefined)
    return prefixLength(pattern, text, { longest: true, from: at });
  return text.startsWith(pattern.literal, at) ? pattern.literal.length : -1;
}

function fill({ replacement }: Replacement, match: string): string {
  if (!/[&\\]/.test(replacement)) return replacement;
  return replacement.replaceAll(
    /\\([&\\])|&/g,
    (_all, escaped: string | undefined) => escaped ?? match,
  );
}

function changeCase(
  text: string,
  operator: '^' | '^^' | ',' | ',,',
  matches: (char: string) => boolean,
): string {
  const change = (char: string): string => {
    if (!matches(char)) return char;
    return operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase();
  };
  if (operator.length === 2) return text.replaceAll(/[^]/g, change);
  return text === '' ? '' : change(text.charAt(0)) + text.slice(1);
}

function transform(text: string, operator: 'Q' | 'U' | 'u' | 'L' | 'E' | 'P'): string {
  switch (operator) {
    case 'Q':
      return quoteAlways(text);
    case 'U':
      return text.toUpperCase();
    case 'L':
      return text.toLowerCase();
    case 'u':
      return text.slice(0, 1).toUpperCase() + text.slice(1);
    case 'E':
      return unescape(text, { octal: 'plain', quotes: true, stop: false, braces: true }).text;
    case 'P':
      return text;
  }
}
