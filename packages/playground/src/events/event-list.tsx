// event-list.tsx — The list of events. A click on a row goes to its instant. Only the visible rows are in the document.
import type { Recording } from '@dmsim/observe';
import { lastUpTo } from '@dmsim/observe';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Row } from '../model/rows.ts';
import { rowWords } from '../model/rows.ts';
import { timeText } from '../timeline/time-text.ts';

export interface EventListProps {
  readonly rows: readonly Row[];
  readonly recording: Recording;
  readonly lines: readonly string[];
  readonly nth: number;
  readonly onGo: (nth: number) => void;
}

const HEIGHT = 22;
const MARGIN = 10;

export function EventList({ rows, recording, lines, nth, onGo }: EventListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const present = lastUpTo(rows, nth);

  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    setHeight(box.clientHeight);
    const at = present * HEIGHT;
    if (at < box.scrollTop + HEIGHT || at > box.scrollTop + box.clientHeight - 3 * HEIGHT) {
      box.scrollTop = Math.max(0, at - box.clientHeight / 2);
    }
  }, [present, rows]);

  const from = Math.max(0, Math.floor(top / HEIGHT) - MARGIN);
  const to = Math.min(rows.length, Math.ceil((top + height) / HEIGHT) + MARGIN);
  return (
    <div
      class="event-list"
      ref={list}
      tabIndex={0}
      role="region"
      aria-label="What happened"
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
        setHeight(event.currentTarget.clientHeight);
      }}
    >
      <ol style={{ height: `${rows.length * HEIGHT}px` }}>
        {rows.slice(from, to).map((row, i) => {
          const at = from + i;
          const { text, kernel, file } = rowWords(row, recording, lines);
          const when = at === present ? 'present' : at < present ? 'past' : 'future';
          return (
            <li
              key={at}
              class={`${row.kind} ${when}`}
              style={{ top: `${at * HEIGHT}px` }}
              aria-current={at === present ? 'step' : undefined}
            >
              <button
                type="button"
                tabIndex={at === present ? 0 : -1}
                onClick={() => onGo(row.nth)}
              >
                <span class="when">{timeText(row.at)}</span>
                <span class="kind">{row.kind}</span>
                <span class="text">{text}</span>
                <span class="kernel" title={file}>
                  {kernel}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
