// syntax-notes.ts — What bash says of a text that it can't parse, and the part of it that it runs.
import type { Statement as SourceStatement } from 'unbash';

import type { Note } from './check/check-script.ts';
import type { SyntaxNote } from './ir.ts';

/** The part of a text that bash runs, with each character at its place. */
export function readable(text: string, notes: readonly Note[]): string {
  let part = text;
  for (const { pos, effect } of notes) {
    if (effect.kind === 'end') part = part.slice(0, pos);
    if (effect.kind !== 'discard') continue;
    const left = part.slice(pos, effect.to).replaceAll(/[^\n]/g, ' ');
    part = part.slice(0, pos) + left + part.slice(effect.to);
  }
  return part;
}

interface Names {
  /** The file, which warnings name. */
  readonly file: string;
  /** The file with the kind of text, such as `eval`, which errors name. */
  readonly shown: string;
}

export function toSyntaxNote(
  { pos, messages, effect }: Note,
  commands: readonly SourceStatement[],
  { file, shown }: Names,
): SyntaxNote {
  const next = commands.findIndex((command) => command.pos >= pos);
  return {
    before: next < 0 ? commands.length : next,
    messages: messages.map(
      ({ line, text, warning }) => `${warning ? file : shown}: line ${line}: ${text}`,
    ),
    effect,
  };
}
