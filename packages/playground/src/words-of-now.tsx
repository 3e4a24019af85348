// words-of-now.tsx — Shows the caption of the lesson, and the words of the present event.
import { lastUpTo } from '@dmsim/observe';
import type { JSX } from 'preact';

import { rowWords } from './model/rows.ts';
import type { Row, RowWords } from './model/rows.ts';
import type { Run } from './model/session.ts';
import { cursor, instant, run } from './model/session.ts';
import { playing } from './timeline/play.ts';
import { timeText } from './timeline/time-text.ts';

/** Returns the row of the present record. Rows of changes that a survey saw have no record. */
export function presentRecord(rows: readonly Row[], nth: number): Row | undefined {
  for (let i = lastUpTo(rows, nth); i >= 0 && rows[i]?.nth === nth; i--) {
    if (rows[i]?.kind !== 'change') return rows[i];
  }
  return undefined;
}

const BEGINNING = 'The machine has booted. Space plays, → steps, ? lists the keys.';

export function WordsOfNow(): JSX.Element {
  const current = run.value;
  const caption = current === null ? undefined : captionAt(current, cursor.value);
  const words = current === null ? undefined : wordsAt(current, cursor.value);
  // A step is read out. While the run plays, words would pile up.
  const live = playing.value ? 'off' : 'polite';
  return (
    <div class="words">
      {caption !== undefined && (
        <p class="caption" aria-live={live}>
          {caption}
        </p>
      )}
      <p class="rule">
        <span class="when">{timeText(instant.value?.at ?? 0)}</span>
        <span class="text" aria-live={live}>
          {words?.text ?? BEGINNING}
        </span>
        <span class="kernel">
          {words?.kernel}
          {words !== undefined && words.file !== '' && <small> {words.file}</small>}
        </span>
      </p>
    </div>
  );
}

/** Returns the caption that is due. The first one shows from the beginning, since it introduces the lab. */
const captionAt = ({ captions }: Run, nth: number): string | undefined =>
  captions[Math.max(0, lastUpTo(captions, nth))]?.text;

function wordsAt({ rows, result, lines }: Run, nth: number): RowWords | undefined {
  const row = presentRecord(rows, nth);
  return row === undefined ? undefined : rowWords(row, result.recording, lines);
}
