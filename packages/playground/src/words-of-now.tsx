// words-of-now.tsx — The lesson's words, and those of the present event.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { captionAt, captionsOf } from './lab/captions.ts';
import { rowWords } from './model/rows.ts';
import type { Row } from './model/rows.ts';
import { cursor, instant, run } from './model/session.ts';
import { timeText } from './timeline/time-text.ts';

/** What the present record says; what a survey saw change in it has no record. */
export function presentRecord(rows: readonly Row[], nth: number): Row | undefined {
  return rows.find((row) => row.nth === nth && row.kind !== 'change');
}

const BEGINNING = 'The machine has booted. Space plays, → steps, ? lists the keys.';

export function WordsOfNow(): JSX.Element {
  const current = run.value;
  const captions = useMemo(() => captionsOf(current?.lines ?? []), [current]);
  const rows = current?.rows ?? [];
  const row = presentRecord(rows, cursor.value);
  const caption = captionAt(captions, rows, cursor.value);
  const words =
    row === undefined || current === null
      ? null
      : rowWords(row, current.result.recording, current.lines);
  return (
    <div class="words">
      {captions.length > 0 && <p class="caption">{caption ?? captions[0]?.text}</p>}
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
