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

/**
 * The caption of an instant: the furthest one whose next command has run, for a function above it may be called at any
 * time.
 */
export function captionAt(
  captions: readonly Caption[],
  rows: readonly Row[],
  nth: number,
): string | null {
  let reached = -1;
  for (const row of rows) {
    if (row.nth > nth) break;
    while (reached + 1 < captions.length && row.line >= (captions[reached + 1] as Caption).line) {
      reached++;
    }
  }
  return captions[reached]?.text ?? null;
}
