// lower-expression.ts — Lowers the text between `((` and `))` to a word, which is expanded and evaluated at run time.
//
// unbash parses expressions too, but it reads `5--3` as a name and has no positions for bash's error tokens. Besides, bash
// itself expands the text before it parses it. So this file keeps the text, and only uses the expansions from unbash.
import { parse } from 'unbash';

import type { Segment, Word } from './ir.ts';
import { lowerParts } from './lower-word.ts';
import type { Lowering } from './lowering.ts';
import { subLowering } from './lowering.ts';

const DELIMITER = '_EXPRESSION_';

export function lowerExpression(lowering: Lowering, written: string, pos: number): Word {
  const text = written.replaceAll('\\\n', '');
  if (!/[$`"'\\]/.test(text)) {
    const segments: Segment[] = [{ kind: 'text', text, quoted: true }];
    return { segments, constant: text, literal: text, source: text };
  }
  // A here-document is expanded by the same rules as an expression, except for double quotes.
  const source = `: <<${DELIMITER}\n${text}\n${DELIMITER}\n`;
  const script = parse(source);
  const command = script.commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  const parts = redirect?.type === 'HereDoc' ? redirect.body.parts : undefined;
  if (parts === undefined) return withoutQuotes([{ kind: 'text', text, quoted: true }], text);
  const word = lowerParts(subLowering(lowering, source, pos), parts, true);
  return withoutQuotes(word.segments, text);
}

function withoutQuotes(segments: readonly Segment[], source: string): Word {
  const stripped = segments.map((segment, i) => {
    if (segment.kind !== 'text') return segment;
    const last = i === segments.length - 1;
    const text = last ? segment.text.replace(/\n$/, '') : segment.text;
    return { ...segment, text: text.replaceAll('"', '') };
  });
  const literal = stripped.every((s) => s.kind === 'text')
    ? stripped.map((s) => s.text).join('')
    : undefined;
  return { segments: stripped, constant: literal, literal, source };
}
