// captions.ts — What a lab says to whoever watches it: its `#: text` lines, each until the next one.
import type { Row } from '../model/rows.ts';

export interface Caption {
  /** The line after it. */
  readonly line: number;
  readonly text: string;
}

/** Lines in a row are one caption. */
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

/** The caption of an instant: the one whose next command ran last. In a function, it comes again with every call. */
export function captionAt(
  captions: readonly Caption[],
  rows: readonly Row[],
  nth: number,
): string | null {
  const texts = new Map(captions.map((caption) => [nextCommand(rows, caption.line), caption.text]));
  let text: string | null = null;
  for (const row of rows) {
    if (row.nth > nth) break;
    if (row.line > 0) text = texts.get(row.line) ?? text;
  }
  return text;
}

/** The first line from there on at which a command ran: `for` and `{` are none. */
function nextCommand(rows: readonly Row[], line: number): number {
  let found = Infinity;
  for (const row of rows) if (row.line >= line && row.line < found) found = row.line;
  return found;
}
