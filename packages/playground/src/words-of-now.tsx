// words-of-now.tsx — The lesson's words, and those of the present event.
import { lastUpTo } from '@dmsim/observe';
import type { JSX } from 'preact';

import { rowWords } from './model/rows.ts';
import type { Row } from './model/rows.ts';
import { cursor, instant, run } from './model/session.ts';
import { timeText } from './timeline/time-text.ts';

/** What the present record says; what a survey saw change in it has no record. */
export function presentRecord(rows: readonly Row[], nth: number): Row | undefined {
  for (let i = lastUpTo(rows, nth); i >= 0 && rows[i]?.nth === nth; i--) {
    if (rows[i]?.kind !== 'change') return rows[i];
  }
  return undefined;
}

const BEGINNING = 'The machine has booted. Space plays, → steps, ? lists the keys.';

export function WordsOfNow(): JSX.Element {
  const current = run.value;
  const captions = current?.captions ?? [];
  const rows = current?.rows ?? [];
  const row = presentRecord(rows, cursor.value);
  // The first one stands there before it is due: it says what the lab is about.
  const caption = captions[Math.max(0, lastUpTo(captions, cursor.value))];
  const words =
    row === undefined || current === null
      ? null
      : rowWords(row, current.result.recording, current.lines);
  return (
    <div class="words">
      {caption !== undefined && <p class="caption">{caption.text}</p>}
      <p class="rule">
        <span class="when">{timeText(instant.value?.at ?? 0)}</span>
        <span class="text">{words?.text ?? BEGINNING}</span>
        <span class="kernel">
          {words?.kernel}
          {words !== null && words.file !== '' && <small> {words.file}</small>}
        </span>
      </p>
    </div>
  );
}
