// space-time.tsx — The space-time diagram: lanes from top to bottom, folded time from left to right, around the present.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { cursor, moveTo, run } from '../model/session.ts';
import { keepInView } from '../picture/keep-in-view.ts';
import { fit, LETTER } from '../picture/text-fit.ts';
import { nthAt } from '../timeline/fold.ts';
import { pause } from '../timeline/play.ts';
import { timeText } from '../timeline/time-text.ts';
import type { Arrow, Lane, Slice } from './lanes.ts';
import { spaceTimeOf } from './lanes.ts';

const WIDTH = 1000;
const LABELS = 148;
const ROW = 15;
const LANE_GAP = 5;
const TOP = 18;
/** The most slices that are drawn. */
const MAX_SLICES = 700;
const ZOOMS = [1, 2, 4, 8, 16, 32, 64, 128];

export function SpaceTime(): JSX.Element {
  const current = run.value;
  const [zoom, setZoom] = useState(0);
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => keepInView(svg.current?.parentElement, '.now'), [cursor.value, zoom]);
  const diagram = useMemo(
    () => (current === null ? null : spaceTimeOf(current.result.recording)),
    [current],
  );
  if (current === null || diagram === null) return <div />;
  const { fold } = current;
  const span = fold.length / (ZOOMS[zoom] ?? 1);
  const present = fold.at[cursor.value] ?? 0;
  const start = Math.max(0, Math.min(fold.length - span, present - span / 2));
  const x = (nth: number): number =>
    LABELS + ((WIDTH - LABELS) * ((fold.at[nth] ?? 0) - start)) / span;
  const tops = laneTops(diagram.lanes);
  const height = TOP + diagram.lanes.reduce((sum, { rows }) => sum + rows * ROW + LANE_GAP, 0);
  const shown: { readonly slice: Slice; readonly lane: Lane }[] = [];
  for (const lane of diagram.lanes) {
    for (const slice of lane.slices) {
      if (x(slice.to) >= LABELS && x(slice.from) <= WIDTH) shown.push({ slice, lane });
    }
  }
  const go = (event: MouseEvent): void => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return;
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    if (at < LABELS) return;
    pause();
    moveTo(nthAt(fold, start + ((at - LABELS) / (WIDTH - LABELS)) * span));
  };
  const y = (spot: { readonly lane: string; readonly row: number }): number =>
    (tops.get(spot.lane) ?? 0) + spot.row * ROW + ROW / 2;
  return (
    <div class="space-time">
      <div class="tools">
        <button type="button" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          Zoom out
        </button>
        <button
          type="button"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          Zoom in
        </button>
        <span class="quiet">
          around {timeText(current.replay.stateAt(cursor.value).at)}; idle time is folded; a click
          goes there
        </span>
        {shown.length > MAX_SLICES && <span class="quiet">too many to draw them all: zoom in</span>}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Space-time diagram">
        <svg ref={svg} viewBox={`0 0 ${WIDTH} ${height}`} onClick={go} aria-hidden="true">
          {diagram.lanes.map((lane) => (
            <LaneShape key={lane.key} lane={lane} top={tops.get(lane.key) ?? 0} />
          ))}
          {shown.slice(0, MAX_SLICES).map(({ slice, lane }, i) => (
            <SliceShape
              key={i}
              slice={slice}
              x={Math.max(LABELS, x(slice.from))}
              end={Math.min(WIDTH, x(slice.to))}
              y={(tops.get(lane.key) ?? 0) + slice.row * ROW}
            />
          ))}
          {diagram.arrows
            .filter(({ nth }) => x(nth) >= LABELS && x(nth) <= WIDTH)
            .slice(0, MAX_SLICES)
            .map((arrow, i) => (
              <ArrowShape key={i} arrow={arrow} x={x(arrow.nth)} y={y} />
            ))}
          <line class="now" x1={x(cursor.value)} x2={x(cursor.value)} y1={0} y2={height} />
        </svg>
      </div>
    </div>
  );
}

function laneTops(lanes: readonly Lane[]): Map<string, number> {
  const tops = new Map<string, number>();
  let top = TOP;
  for (const { key, rows } of lanes) {
    tops.set(key, top);
    top += rows * ROW + LANE_GAP;
  }
  return tops;
}

function LaneShape({ lane, top }: { readonly lane: Lane; readonly top: number }): JSX.Element {
  return (
    <g class="lane">
      <rect x={LABELS} y={top} width={WIDTH - LABELS} height={lane.rows * ROW} />
      <text x={LABELS - 8} y={top + 11} text-anchor="end">
        {laneLabel(lane.label)}
      </text>
    </g>
  );
}

/** Cuts the name of the device, so that the word for the lane, which comes after it, stays. */
function laneLabel(label: string): string {
  const at = label.lastIndexOf(': ');
  if (at < 0) return fit(label, LABELS - 8);
  const what = label.slice(at);
  return fit(label.slice(0, at), LABELS - 8 - what.length * LETTER) + what;
}

interface SliceProps {
  readonly slice: Slice;
  readonly x: number;
  readonly end: number;
  readonly y: number;
}

function SliceShape({ slice, x, end, y }: SliceProps): JSX.Element {
  const width = Math.max(2, end - x);
  return (
    <g class={`slice ${slice.kind}`}>
      <title>{`${slice.label}${slice.kind === 'failed' ? ', failed' : ''}`}</title>
      <rect x={x} y={y + 1} width={width} height={ROW - 2} rx={2} />
      {width > 26 && (
        <text x={x + 4} y={y + 11}>
          {fit(slice.kind === 'failed' ? `✗ ${slice.label}` : slice.label, width - 4)}
        </text>
      )}
    </g>
  );
}

interface ArrowProps {
  readonly arrow: Arrow;
  readonly x: number;
  readonly y: (spot: Arrow['from']) => number;
}

const ArrowShape = ({ arrow: { from, to }, x, y }: ArrowProps): JSX.Element => (
  <path
    class="arrow"
    d={`M${x} ${y(from)} L${x} ${y(to)} m-3 ${y(to) > y(from) ? -5 : 5} l3 ${y(to) > y(from) ? 5 : -5} l3 ${y(to) > y(from) ? -5 : 5}`}
  />
);
