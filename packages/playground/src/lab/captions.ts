// captions.ts — The captions of a lab: its `#: text` lines. Each one stands until the next one.
import type { Row } from '../model/rows.ts';

export interface Caption {
  /** The line after the caption. */
  readonly line: number;
  readonly text: string;
}

/** Joins adjacent caption lines to one caption. */
export function captionsOf(lines: readonly string[]): Caption[] {
  const captions: Caption[] = [];
  let words: string[] = [];
  for (const [i, line] of lines.entries()) {
    const [, text] = /^\s*#: ?(.*)$/.exec(line) ?? [];
    if (text !== undefined) words.push(text.trim());
    else if (words.length > 0) {
      captions.push({ line: i + 1, text: words.join(' ') });
      words = [];
    }
  }
  return captions;
}

/** A caption, and the record of the command with which it appears. */
export interface CaptionAt {
  readonly nth: number;
  readonly text: string;
}

/** Finds when each caption appears: with the command after it. A caption in a function appears with every call. */
export function captionTimes(captions: readonly Caption[], rows: readonly Row[]): CaptionAt[] {
  const texts = new Map(captions.map((caption) => [nextCommand(rows, caption.line), caption.text]));
  return rows.flatMap(({ line, nth }) => {
    const text = line > 0 ? texts.get(line) : undefined;
    return text === undefined ? [] : [{ nth, text }];
  });
}

/** Finds the first line from there on at which a command ran. `for` and `{` are no commands. */
function nextCommand(rows: readonly Row[], line: number): number {
  let found = Infinity;
  for (const row of rows) if (row.line >= line && row.line < found) found = row.line;
  return found;
}
