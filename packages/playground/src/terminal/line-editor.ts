// line-editor.ts — Edits one line with history, as readline does: each key is a function from one state of the line to the next.

export interface EditedLine {
  readonly text: string;
  /** The cursor's place in the line, in characters. */
  readonly cursor: number;
  /** How many lines back in the history; 0 is the line that is being typed. */
  readonly back: number;
  /** The line that was being typed when the user went back in the history. */
  readonly draft: string;
}

export const EMPTY_LINE: EditedLine = { text: '', cursor: 0, back: 0, draft: '' };

/** Nobody types a longer line. */
const MAX_LINE = 4096;

const withText = (line: EditedLine, text: string, cursor: number): EditedLine => ({
  ...line,
  text,
  cursor,
});

export function insertText(line: EditedLine, typed: string): EditedLine {
  const { text, cursor } = line;
  const room = MAX_LINE - text.length;
  const added = typed.slice(0, Math.max(0, room));
  return withText(line, text.slice(0, cursor) + added + text.slice(cursor), cursor + added.length);
}

type Edit = (line: EditedLine, history: readonly string[]) => EditedLine;

function wordStart(text: string, cursor: number): number {
  const before = text.slice(0, cursor).trimEnd();
  return before.lastIndexOf(' ') + 1;
}

function recall(line: EditedLine, history: readonly string[], by: number): EditedLine {
  const back = Math.max(0, Math.min(history.length, line.back + by));
  const draft = line.back === 0 ? line.text : line.draft;
  const text = back === 0 ? draft : (history[history.length - back] ?? '');
  return { text, cursor: text.length, back, draft };
}

/** The edits, by the characters that a terminal sends for the key. */
export const EDITS: Readonly<Record<string, Edit>> = {
  '\u007F': (line) =>
    line.cursor === 0
      ? line
      : withText(
          line,
          line.text.slice(0, line.cursor - 1) + line.text.slice(line.cursor),
          line.cursor - 1,
        ),
  '\u001B[3~': (line) =>
    withText(line, line.text.slice(0, line.cursor) + line.text.slice(line.cursor + 1), line.cursor),
  '\u001B[D': (line) => withText(line, line.text, Math.max(0, line.cursor - 1)),
  '\u001B[C': (line) => withText(line, line.text, Math.min(line.text.length, line.cursor + 1)),
  '\u001B[H': (line) => withText(line, line.text, 0),
  '\u0001': (line) => withText(line, line.text, 0),
  '\u001B[F': (line) => withText(line, line.text, line.text.length),
  '\u0005': (line) => withText(line, line.text, line.text.length),
  '\u0015': (line) => withText(line, line.text.slice(line.cursor), 0),
  '\u000B': (line) => withText(line, line.text.slice(0, line.cursor), line.cursor),
  '\u0017': (line) => {
    const start = wordStart(line.text, line.cursor);
    return withText(line, line.text.slice(0, start) + line.text.slice(line.cursor), start);
  },
  '\u001B[A': (line, history) => recall(line, history, 1),
  '\u001B[B': (line, history) => recall(line, history, -1),
};
