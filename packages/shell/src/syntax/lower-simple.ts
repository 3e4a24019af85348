// lower-simple.ts — Lowers simple commands: assignments, words, redirections.
import type {
  Assignment as SourceAssignment,
  Command as SourceCommand,
  Word as SourceWord,
} from 'unbash';

import type { Argument, ArrayElement, Assignment, Redirect, SimpleCommand, Word } from './ir.ts';
import { lowerIndex } from './lower-parameter.ts';
import { lowerRedirect } from './lower-redirect.ts';
import { lowerWord, lowerWords } from './lower-word.ts';
import type { Lowering } from './lowering.ts';
import { lineAt, refuse, rereadWord, subLowering, UnexpectedToken } from './lowering.ts';
import { isRefusedCommand } from './refused-commands.ts';

export function lowerSimple(lowering: Lowering, command: SourceCommand): SimpleCommand {
  const line = commandLine(lowering, command);
  checkGaps(lowering, command);
  const assignments: Assignment[] = [];
  const redirects: Redirect[] = [];
  const words: Argument[] = [];
  for (const item of command.prefix) {
    if (item.type === 'Assignment') assignments.push(lowerAssignment(lowering, item));
    else redirects.push(lowerRedirect(lowering, item));
  }
  if (command.name !== undefined) {
    pushWords(lowering, words, command.name);
    const name = words[0]?.word.constant;
    if (name !== undefined && isRefusedCommand(name)) lowering.refused.push({ name, line });
  }
  for (const item of command.suffix) {
    if (item.type === 'Word') pushWords(lowering, words, item);
    else if (item.type === 'Assignment') words.push(lowerDeclaration(lowering, item));
    else redirects.push(lowerRedirect(lowering, item));
  }
  const constant = assignments.length === 0 ? constantWords(words) : undefined;
  return { kind: 'simple', line, assignments, words, constant, redirects };
}

function constantWords(words: readonly Argument[]): readonly string[] | undefined {
  const constant: string[] = [];
  for (const { kind, word } of words) {
    if (kind === 'assignment' || word.constant === undefined) return undefined;
    constant.push(word.constant);
  }
  return constant.length === 0 ? undefined : constant;
}

/** Returns a command's line as bash counts it: the line read so far when the parser has seen the second word, if any. */
function commandLine(lowering: Lowering, { prefix, name, suffix }: SourceCommand): number {
  const [first, second] = [...prefix, ...(name === undefined ? [] : [name]), ...suffix.slice(0, 1)];
  if (second !== undefined && isWord(second)) return lineAt(lowering, second.end);
  if (first === undefined || !isWord(first)) return lineAt(lowering, first?.pos ?? 0);
  return lineAt(lowering, second?.pos ?? first.end);
}

const isWord = ({ type }: { readonly type: string }): boolean =>
  type === 'Word' || type === 'Assignment';

function pushWords(lowering: Lowering, words: Argument[], word: SourceWord): void {
  for (const one of lowerWords(lowering, word)) words.push({ kind: 'word', word: one });
}

/** Reports a `(` between words, which unbash ignores and bash rejects, and `x=<(…)`, which unbash cuts in two. */
function checkGaps(lowering: Lowering, command: SourceCommand): void {
  let end = command.pos;
  let last = '';
  const { source } = lowering;
  const check = (item: {
    readonly type: string;
    readonly pos: number;
    readonly end: number;
  }): void => {
    if (item.pos === end && isWord(item) && isWord({ type: last }))
      refuse(lowering, item.pos, 'process substitution within a word');
    last = item.type;
    for (let i = end; i < item.pos; i++) {
      if (source.charCodeAt(i) === 0x28) throw new UnexpectedToken(item.pos);
    }
    end = item.end;
  };
  for (const item of command.prefix) check(item);
  if (command.name !== undefined) check({ ...command.name, type: 'Word' });
  for (const item of command.suffix) check(item);
}

export function lowerAssignment(lowering: Lowering, source: SourceAssignment): Assignment {
  const { name, append = false, value } = source;
  if (name === 'POSIXLY_CORRECT') refuse(lowering, source.pos, 'POSIXLY_CORRECT=');
  const index = lowerIndex(lowering, source.index);
  if (value.type === 'Word') {
    return { name, index, append, value: lowerWord(lowering, value, { assignment: true }) };
  }
  const elements = value.elements.flatMap((element) => lowerElement(lowering, element));
  return { name, index, append, value: { elements } };
}

function lowerElement(lowering: Lowering, element: SourceWord): readonly ArrayElement[] {
  const match = /^\[((?:[^[\]"'\\]|\[[^[\]]*\])*|"[^"]*"|'[^']*')\](\+?)=/.exec(element.text);
  if (match === null) {
    return lowerWords(lowering, element).map((word) => ({ index: undefined, append: false, word }));
  }
  // unbash does not split `[k]=v`, so key and value are cut from the text and parsed as one word each.
  const [head, key, plus] = match as unknown as [string, string, string];
  const index = lowerText(lowering, withQuotedBlanks(key), element.pos);
  const word = lowerText(lowering, element.text.slice(head.length), element.pos);
  return [{ index, append: plus === '+', word }];
}

/** A key may have blanks and operators, which would end a word elsewhere. */
export const withQuotedBlanks = (key: string): string =>
  /["'`\\(]/.test(key) ? key : key.replaceAll(/[ \t;|&<>#]/g, String.raw`\$&`);

function lowerText(lowering: Lowering, text: string, pos: number): Word {
  const word = rereadWord(text);
  if (word === undefined) refuse(lowering, pos, `array element ${text}`);
  return lowerWord(subLowering(lowering, `x=${text}`, pos), word, { assignment: true });
}

/** Lowers the `x=1` of `declare x=1` to an assignment, with the word to use if the command is not `declare` after all. */
function lowerDeclaration(lowering: Lowering, source: SourceAssignment): Argument {
  const assignment = lowerAssignment(lowering, source);
  const { value } = assignment;
  const head = source.text.slice(0, source.text.length - (source.value.end - source.value.pos));
  const word: Word =
    'segments' in value
      ? prefixed(head, value)
      : { segments: [], constant: undefined, literal: undefined, source: source.text };
  return { kind: 'assignment', assignment, word };
}

function prefixed(head: string, value: Word): Word {
  const join = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : head + text;
  return {
    segments: [{ kind: 'text', text: head, quoted: false }, ...value.segments],
    constant: join(value.constant),
    literal: join(value.literal),
    source: head + value.source,
  };
}
