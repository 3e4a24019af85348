// breakpoints.tsx — The list of breakpoints, and the form that adds one.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { cursor, moveTo, notice, run } from '../model/session.ts';
import { pause } from '../timeline/play.ts';
import { parseTime } from '../timeline/time-text.ts';
import type { Breakpoint, Counted, EventName } from './breakpoint.ts';
import { breakpointText, COUNTED, EVENT_NAMES, findBreak } from './breakpoint.ts';

export const breakpoints: Signal<readonly Breakpoint[]> = signal([]);

const MAX_BREAKPOINTS = 50;

function add(breakpoint: Breakpoint): void {
  const text = breakpointText(breakpoint);
  const others = breakpoints.value.filter((one) => breakpointText(one) !== text);
  breakpoints.value = [...others, breakpoint].slice(-MAX_BREAKPOINTS);
}

export function toggleLine(line: number): void {
  const there = breakpoints.value.some((one) => one.kind === 'line' && one.line === line);
  if (there)
    breakpoints.value = breakpoints.value.filter((one) => one.kind !== 'line' || one.line !== line);
  else add({ kind: 'line', line });
}

export function goToBreak(back: boolean): void {
  pause();
  if (run.value === null) return;
  if (breakpoints.value.length === 0) {
    notice.value =
      'There is no breakpoint: set one in the list of events, or click a line number of the lab.';
    return;
  }
  const found = findBreak(run.value, breakpoints.value, { from: cursor.value, back });
  if (found === null)
    notice.value = back
      ? 'No breakpoint before this instant.'
      : 'No breakpoint after this instant.';
  else moveTo(found);
}

/** Tells play where to stop: at the first breakpoint after one instant, up to another. */
export function breakBetween(from: number, to: number): number | null {
  if (run.value === null || breakpoints.value.length === 0) return null;
  return findBreak(run.value, breakpoints.value, { from, to, back: false });
}

type Choice = 'event' | 'count' | 'time';

export function Breakpoints(): JSX.Element {
  const [choice, setChoice] = useState<Choice>('event');
  const [event, setEvent] = useState<EventName>('a bio is pushed back');
  const [counted, setCounted] = useState<Counted>('deferred');
  const [typed, setTyped] = useState('');
  const submit = (): void => {
    if (choice === 'event') add({ kind: 'event', event });
    else if (choice === 'count')
      add({ kind: 'count', counted, over: Math.max(0, Math.floor(Number(typed)) || 0) });
    else {
      const at = parseTime(typed);
      if (at === undefined) notice.value = 'A time is a number and a unit: 4.2 s, 350 ms.';
      else add({ kind: 'time', at });
    }
  };
  const count = breakpoints.value.length;
  return (
    <details class="options breakpoints">
      <summary>{count === 0 ? 'Breakpoints' : `Breakpoints: ${count}`}</summary>
      <form
        class="panel"
        aria-label="Breakpoints"
        onSubmit={(it) => {
          it.preventDefault();
          submit();
        }}
      >
        <span>Stop when</span>
        <select
          aria-label="Kind of breakpoint"
          value={choice}
          onChange={(it) => setChoice(it.currentTarget.value as Choice)}
        >
          <option value="event">it happens that</option>
          <option value="count">more are</option>
          <option value="time">it is</option>
        </select>
        {choice === 'event' && (
          <select
            aria-label="Event"
            value={event}
            onChange={(it) => setEvent(it.currentTarget.value as EventName)}
          >
            {EVENT_NAMES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        {choice === 'count' && (
          <select
            aria-label="Queue"
            value={counted}
            onChange={(it) => setCounted(it.currentTarget.value as Counted)}
          >
            {COUNTED.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        {choice === 'count' && <span>than</span>}
        {choice !== 'event' && (
          <input
            aria-label={choice === 'count' ? 'Number' : 'Time'}
            size={6}
            value={typed}
            onInput={(it) => setTyped(it.currentTarget.value)}
          />
        )}
        <button type="submit">Add</button>
        <button type="button" onClick={() => goToBreak(true)} title="Previous breakpoint (Shift+B)">
          ‹ back
        </button>
        <button type="button" onClick={() => goToBreak(false)} title="Next breakpoint (b)">
          on ›
        </button>
        {breakpoints.value.map((one) => {
          const text = breakpointText(one);
          return (
            <button
              key={text}
              type="button"
              class="chip"
              aria-label={`Remove the breakpoint: ${text}`}
              onClick={() => {
                breakpoints.value = breakpoints.value.filter((other) => other !== one);
              }}
            >
              {text} <span aria-hidden="true">✕</span>
            </button>
          );
        })}
      </form>
    </details>
  );
}
