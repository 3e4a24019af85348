// check-script.ts — Finds the syntax errors of a text, unit by unit, as bash reads it.
import { checkSubstitution, checkUnit, skipToNewline } from './grammar.ts';
import { gatherDocuments } from './here-document.ts';
import { readToken } from './read-token.ts';
import type { End, Message, Reader, ReaderOptions } from './reader.ts';
import { createReader, Fault, nextLine, resetReader } from './reader.ts';

/** The messages of bash before it runs the text at `pos`, and its next step. */
export interface Note {
  readonly pos: number;
  readonly messages: readonly Message[];
  readonly effect: Effect;
}

export type Effect =
  | { readonly kind: 'go-on' }
  /** It leaves out the text between two positions. */
  | { readonly kind: 'discard'; readonly to: number }
  | ({ readonly kind: 'end' } & End);

const GO_ON: Effect = { kind: 'go-on' };
const NO_NOTES: readonly Note[] = [];
const CALLS = { readToken, checkSubstitution };

/** Returns what is wrong with a text, in order. */
export function checkScript(text: string, options: ReaderOptions): readonly Note[] {
  const r = createReader(text, options, CALLS);
  let notes: Note[] | undefined;
  for (;;) {
    const { pos } = r;
    const effect = checkNext(r);
    noteExtglob(r, pos);
    const { messages } = r;
    if (messages.length > 0 || effect.kind !== 'go-on') {
      notes ??= [];
      notes.push({ pos, messages, effect });
      r.messages = [];
    }
    if (effect.kind === 'end' || r.token === 'EOF') return notes ?? NO_NOTES;
  }
}

/** The option holds from the next line on. */
function noteExtglob(r: Reader, from: number): void {
  const unit = r.source.slice(from, r.pos);
  if (!unit.includes('extglob')) return;
  const [, letter] =
    /^(?:[^#\n]|(?<=[^\s;&|()])#)*\bshopt\s+-([su])\b[^\n;]*\bextglob\b/m.exec(unit) ?? [];
  if (letter !== undefined) r.extglob = letter === 's';
}

function checkNext(r: Reader): Effect {
  try {
    checkUnit(r);
    return GO_ON;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.kind === 'discard' ? discard(r) : end(r, error);
  }
}

function discard(r: Reader): Effect {
  const to = r.eof ? r.source.length : nextLine(r);
  resetReader(r);
  r.eof = false;
  r.pos = to;
  return { kind: 'discard', to };
}

function end(r: Reader, fault: Fault): Effect {
  if (fault.kind !== 'lexical') return { kind: 'end', ...fault.end };
  try {
    skipToNewline(r);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: 'end', ...error.end };
  }
  gatherDocuments(r);
  return { kind: 'end', ...fault.end, ifZero: r.eof ? 2 : 0 };
}
