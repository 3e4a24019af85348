// transcript.tsx — The output of the lab up to the present instant. The newest part is marked.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { OutputPiece } from '../engine/run.ts';

export interface TranscriptProps {
  readonly pieces: readonly OutputPiece[];
  readonly nth: number;
}

/** How many characters are shown, counted from the end. */
const MAX_SHOWN = 100_000;

export function Transcript({ pieces, nth }: TranscriptProps): JSX.Element {
  const end = useRef<HTMLPreElement>(null);
  const shown = tail(pieces.filter(({ from, nth: at }) => from === 'lab' && at <= nth));
  const newest = shown.at(-1)?.nth;
  useEffect(() => {
    const pre = end.current;
    if (pre !== null) pre.scrollTop = pre.scrollHeight;
  }, [shown.length, newest]);
  return (
    <pre
      class="transcript"
      ref={end}
      tabIndex={0}
      role="region"
      aria-label="What the lab has printed"
    >
      {shown.map((piece, i) => (
        <span
          key={i}
          class={`${piece.fd === 2 ? 'error' : ''}${piece.nth === newest ? ' newest' : ''}`}
        >
          {piece.text}
        </span>
      ))}
      {shown.length === 0 && <span class="quiet">Nothing has been printed yet.</span>}
    </pre>
  );
}

function tail(pieces: readonly OutputPiece[]): readonly OutputPiece[] {
  let length = 0;
  let from = pieces.length;
  while (from > 0 && length < MAX_SHOWN) length += (pieces[--from] as OutputPiece).text.length;
  return pieces.slice(from);
}
