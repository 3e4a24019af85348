// bio-card.tsx — The history of a bio up to the present instant, beside its dot.
import type { JSX } from 'preact';

import type { Row } from '../model/rows.ts';
import { rowWords } from '../model/rows.ts';
import type { Run } from '../model/session.ts';
import { timeText } from '../timeline/time-text.ts';

export interface BioCardProps {
  readonly run: Run;
  readonly bio: number;
  readonly nth: number;
  /** The place of the dot, in the window. */
  readonly at: DOMRect;
}

const WIDTH = 430;
const LINE = 19;
/** How many events are shown, counted from the last one. */
const MAX_LINES = 12;
const MARGIN = 8;

export function BioCard({ run, bio, nth, at }: BioCardProps): JSX.Element {
  const rows = run.rows.filter((row) => row.bio === bio && row.nth <= nth);
  const shown = rows.slice(-MAX_LINES);
  const height = (shown.length + 1) * LINE + 3 * MARGIN;
  const below = at.bottom + height + MARGIN < innerHeight;
  const style = {
    width: `${WIDTH}px`,
    left: `${Math.max(MARGIN, Math.min(at.left, innerWidth - WIDTH - MARGIN))}px`,
    top: `${below ? at.bottom + MARGIN : Math.max(MARGIN, at.top - height)}px`,
  };
  return (
    <div class="bio-card" style={style} aria-hidden="true">
      <b>
        bio {bio}
        {rows.length > shown.length ? `: the last ${shown.length} of ${rows.length} events` : ''}
      </b>
      {shown.map((row: Row) => (
        <div key={row.nth}>
          <span>{timeText(row.at)}</span> {rowWords(row, run.result.recording, run.lines).text}
        </div>
      ))}
    </div>
  );
}
