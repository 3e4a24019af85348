// transport.tsx — The slider over folded time, and the buttons beside it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { isDecision, isLabCommand } from '../model/rows.ts';
import type { Row } from '../model/rows.ts';
import { cursor, instant, last, moveTo, run } from '../model/session.ts';
import type { FoldedTime, Gap } from './fold.ts';
import { nthAt, nthAtTime } from './fold.ts';
import { framesASecond, pause, playing, SPEEDS, speed, togglePlay } from './play.ts';
import { nextRow } from './steps.ts';
import { durationText, parseTime, timeText } from './time-text.ts';

export function stepTo(wanted: (row: Row) => boolean, back: boolean): void {
  pause();
  const to = nextRow(run.value?.rows ?? [], cursor.value, { back, wanted });
  if (to !== null) moveTo(to);
  else if (back) moveTo(0);
}

export const stepEvent = (back: boolean): void => {
  pause();
  moveTo(cursor.value + (back ? -1 : 1));
};
export const stepDecision = (back: boolean): void => stepTo(isDecision, back);
export const stepCommand = (back: boolean): void => stepTo(isLabCommand, back);

export function Transport(): JSX.Element {
  return (
    <footer class="transport" aria-label="Time">
      <div class="buttons">
        <Step label="To the beginning" keys="Home" act={() => moveTo(0)} icon="|←" />
        <Step
          back
          label="Previous line of the lab"
          keys="["
          act={() => stepCommand(true)}
          icon="«"
          word="line"
        />
        <Step
          back
          label="Previous decision of the kernel"
          keys="p"
          act={() => stepDecision(true)}
          icon="‹"
          word="kernel"
        />
        <Step label="Previous event" keys="←" act={() => stepEvent(true)} icon="←" />
        <button
          type="button"
          class="play"
          aria-pressed={playing.value}
          title={`${playing.value ? 'Pause' : 'Play'} (space)`}
          onClick={togglePlay}
        >
          {playing.value ? 'Pause' : 'Play'}
        </button>
        <Step label="Next event" keys="→" act={() => stepEvent(false)} icon="→" />
        <Step
          label="Next decision of the kernel"
          keys="n"
          act={() => stepDecision(false)}
          icon="›"
          word="kernel"
        />
        <Step
          label="Next line of the lab"
          keys="]"
          act={() => stepCommand(false)}
          icon="»"
          word="line"
        />
        <Step label="To the end" keys="End" act={() => moveTo(last())} icon="→|" />
      </div>
      <Slider />
      <TimeField />
      {framesASecond.value !== null && (
        <span class="quiet" title="The picture is drawn as often as this machine can">
          {framesASecond.value} frames/s
        </span>
      )}
      <label class="speed">
        <span class="hidden">Speed</span>
        <select
          value={speed.value}
          onChange={(event) => {
            speed.value = Number(event.currentTarget.value);
          }}
        >
          {SPEEDS.map(({ label }, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}

interface StepProps {
  readonly label: string;
  readonly keys: string;
  readonly icon: string;
  readonly word?: string;
  /** True: the word stands behind the icon. */
  readonly back?: boolean;
  readonly act: () => void;
}

const Step = ({ label, keys, icon, word, back = false, act }: StepProps): JSX.Element => (
  <button type="button" title={`${label} (${keys})`} aria-label={label} onClick={act}>
    {word !== undefined && !back && <span>{word}</span>}
    <span aria-hidden="true"> {icon} </span>
    {word !== undefined && back && <span>{word}</span>}
  </button>
);

/** Gaps shorter than this many ns are folded too, but get no label. */
const LONG = 1e9;
/** The most marks that are drawn on the slider. */
const MAX_MARKS = 300;

function Slider(): JSX.Element {
  const current = run.value;
  const length = current?.fold.length ?? 1;
  const at = current?.fold.at[cursor.value] ?? 0;
  const marks = current?.marks.slice(0, MAX_MARKS) ?? [];
  const folds = current === null ? [] : labelled(current.fold);
  const place = (distance: number): string => `${(100 * distance) / length}%`;
  return (
    <div class="slider">
      <div class="marks" aria-hidden="true">
        {marks.map(({ nth, kind }, i) => (
          <span
            key={i}
            class={`mark ${kind}`}
            style={{ left: place(current?.fold.at[nth] ?? 0) }}
          />
        ))}
        {folds.map(({ at: distance, duration }, i) => (
          <span key={`g${i}`} class="fold" style={{ left: place(distance) }}>
            {durationText(duration)}
          </span>
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={length}
        step="any"
        value={at}
        aria-label="Instant"
        aria-valuetext={`${timeText(instant.value?.at ?? 0)}, event ${cursor.value} of ${last()}`}
        onInput={(event) => {
          pause();
          if (current !== null) moveTo(nthAt(current.fold, Number(event.currentTarget.value)));
        }}
      />
    </div>
  );
}

/** The least distance of two labels, as a part of the slider's length. */
const LABEL = 0.09;
const MAX_LABELS = 11;

/** Chooses the folded gaps that have room for a label, the longest first. */
function labelled({ gaps, length }: FoldedTime): Gap[] {
  const shown: Gap[] = [];
  for (const gap of gaps.toSorted((a, b) => b.duration - a.duration)) {
    if (gap.duration < LONG || shown.length === MAX_LABELS) break;
    if (shown.every(({ at }) => Math.abs(at - gap.at) > LABEL * length)) shown.push(gap);
  }
  return shown;
}

function TimeField(): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = timeText(instant.value?.at ?? 0);
  /** False if that is no time. */
  const go = (): boolean => {
    const time = typed === null ? undefined : parseTime(typed);
    setTyped(null);
    if (time === undefined || run.value === null) return false;
    pause();
    moveTo(nthAtTime(run.value.result.recording, time));
    return true;
  };
  return (
    <form
      class="time"
      onSubmit={(event) => {
        event.preventDefault();
        // The next key is meant for the page: to go on from there.
        if (go()) event.currentTarget.querySelector('input')?.blur();
      }}
    >
      <input
        value={typed ?? shown}
        aria-label="Go to a time, such as 4.2 s or 350 ms"
        size={11}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(null)}
      />
      <span class="count">
        {cursor.value}/{last()}
      </span>
    </form>
  );
}
