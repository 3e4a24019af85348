// lower-redirect.ts — Lowers redirections: `>`, `2>&1`, here-documents.
import type { HereDoc, Redirect as FileRedirection, Redirection, Word as SourceWord } from 'unbash';

import type { PlainRedirect, Redirect, Segment, Word } from './ir.ts';
import { lowerParts, lowerWord, lowerWords } from './lower-word.ts';
import { constantWord, makeWord } from './lower-word.ts';
import type { Lowering } from './lowering.ts';
import { refuse, UnexpectedToken } from './lowering.ts';

export function lowerRedirect(lowering: Lowering, redirect: Redirection): Redirect {
  const { descriptor } = redirect;
  if (descriptor?.type !== 'FileDescriptorVariable')
    return lowerPlain(lowering, redirect, descriptor?.value);
  const { name } = descriptor;
  if (!/^\w+(?:\[.+\])?$/s.test(name))
    refuse(lowering, redirect.pos, `{${name}}${redirect.operator}`);
  return { kind: 'named', name, redirect: lowerPlain(lowering, redirect, undefined) };
}

function lowerPlain(
  lowering: Lowering,
  redirect: Redirection,
  fd: number | undefined,
): PlainRedirect {
  switch (redirect.type) {
    case 'HereString': {
      const body = targetWord(lowering, redirect.target, redirect.end);
      return { kind: 'text', fd: fd ?? 0, body, newline: true };
    }
    case 'HereDoc': {
      if (redirect.delimiter === undefined) throw new UnexpectedToken(redirect.end);
      return { kind: 'text', fd: fd ?? 0, body: hereDocument(lowering, redirect), newline: false };
    }
    case 'Redirect':
      return lowerFile(lowering, redirect, fd);
  }
}

function lowerFile(
  lowering: Lowering,
  redirect: FileRedirection,
  fd: number | undefined,
): PlainRedirect {
  const target = fileWord(lowering, redirect.target, redirect.end);
  const { operator } = redirect;
  switch (operator) {
    case '&>':
    case '&>>':
      return { kind: 'both', append: operator === '&>>', target };
    case '<&':
      return { kind: 'dup', fd: fd ?? 0, input: true, explicit: fd !== undefined, target };
    case '>&': {
      const explicit = fd !== undefined && fd !== 1;
      return { kind: 'dup', fd: fd ?? 1, input: false, explicit, target };
    }
    case '<':
    case '<>':
      return { kind: 'file', fd: fd ?? 0, operator, target };
    case '>':
    case '>>':
    case '>|':
      return { kind: 'file', fd: fd ?? 1, operator, target };
  }
}

/** Braces may make several words of a file's name; then it expands to no word at all, which is as ambiguous. */
function fileWord(lowering: Lowering, target: SourceWord | undefined, end: number): Word {
  if (target === undefined) throw new UnexpectedToken(end);
  const words = lowerWords(lowering, target);
  const [only] = words;
  return only === undefined || words.length > 1 ? makeWord([], target.text) : only;
}

function targetWord(lowering: Lowering, target: SourceWord | undefined, end: number): Word {
  if (target === undefined) throw new UnexpectedToken(end);
  return lowerWord(lowering, target);
}

function hereDocument(lowering: Lowering, redirect: HereDoc): Word {
  const { body, delimiter, operator } = redirect;
  const dash = operator === '<<-';
  if (delimiter?.quoted === true) {
    return constantWord(dash ? body.text.replace(/^\t+/gm, '') : body.text);
  }
  const { parts } = body;
  if (parts === undefined) {
    const text = body.text.replace(/\\(?:\n|([\\$`]))/g, '$1');
    return constantWord(dash ? text.replace(/^\t+/gm, '') : text);
  }
  const word = lowerParts(lowering, parts, true);
  return dash ? withoutTabs(word) : word;
}

/** Removes the tabs at the start of each line (`<<-`), but not those that an expansion produces. */
function withoutTabs(word: Word): Word {
  const segments = word.segments.map((segment, i): Segment => {
    if (segment.kind !== 'text') return segment;
    const text = segment.text.replace(i === 0 ? /(^|\n)\t+/g : /(\n)\t+/g, '$1');
    return { ...segment, text };
  });
  return makeWord(segments, word.source);
}
