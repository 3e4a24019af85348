// transcript-diff.ts — The lines in which two transcripts differ (library `diff`).
import { diffArrays } from 'diff/lib/diff/array.js';

/** Lines around a difference. */
const CONTEXT = 2;

/** `- fifo's line`, `+ this one's`, and some lines around; nothing when they are equal. */
export function transcriptDiff(fifo: string, other: string): string[] {
  const lines = diffArrays(linesOf(fifo), linesOf(other)).flatMap(({ value, added, removed }) =>
    value.map((line) => ({ mark: added ? '+' : removed ? '-' : ' ', line })),
  );
  const near = (at: number): boolean =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ mark }) => mark !== ' ');
  const shown: string[] = [];
  let skipped = false;
  for (const [at, { mark, line }] of lines.entries()) {
    if (near(at)) {
      if (skipped && shown.length > 0) shown.push('  …');
      shown.push(`${mark} ${line}`);
      skipped = false;
    } else {
      skipped = true;
    }
  }
  return shown;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');
