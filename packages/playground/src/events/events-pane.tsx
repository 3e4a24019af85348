// events-pane.tsx — The list of events, with its filter and the breakpoints.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { Breakpoints } from '../breakpoints/breakpoints.tsx';
import { cursor, instant, moveTo, run } from '../model/session.ts';
import { pause } from '../timeline/play.ts';
import { EventList } from './event-list.tsx';
import type { Filter } from './filter.ts';
import { applyFilter, KIND_CHOICES, NO_FILTER } from './filter.ts';

export const filter: Signal<Filter> = signal(NO_FILTER);

export function EventsPane(): JSX.Element {
  const current = run.value;
  const wanted = filter.value;
  const rows = useMemo(() => applyFilter(current?.rows ?? [], wanted), [current, wanted]);
  if (current === null) return <div />;
  return (
    <div class="events-pane">
      <div class="tools">
        <FilterForm shown={rows.length} all={current.rows.length} />
        <Breakpoints />
      </div>
      <EventList
        rows={rows}
        recording={current.result.recording}
        lines={current.lines}
        nth={cursor.value}
        onGo={(nth) => {
          pause();
          moveTo(nth);
        }}
      />
    </div>
  );
}

function FilterForm({ shown, all }: { readonly shown: number; readonly all: number }): JSX.Element {
  const { kinds, dev, bio } = filter.value;
  const survey = instant.value?.survey;
  const devices = [...(survey?.maps ?? []), ...(survey?.disks ?? [])];
  const chosen = KIND_CHOICES.findIndex((choice) => choice.kinds.join() === kinds.join());
  const change = (part: Partial<Filter>): void => {
    filter.value = { ...filter.value, ...part };
  };
  return (
    <form
      class="filter"
      aria-label="Which events are listed"
      onSubmit={(event) => event.preventDefault()}
    >
      <select
        aria-label="Kind of event"
        value={chosen}
        onChange={(event) =>
          change({ kinds: KIND_CHOICES[Number(event.currentTarget.value)]?.kinds ?? [] })
        }
      >
        {KIND_CHOICES.map(({ label }, i) => (
          <option key={label} value={i}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label="Device"
        value={dev}
        onChange={(event) => change({ dev: Number(event.currentTarget.value) })}
      >
        <option value={0}>any device</option>
        {devices.map(({ dev: number, name }) => (
          <option key={number} value={number}>
            {name}
          </option>
        ))}
      </select>
      <label>
        bio{' '}
        <input
          size={4}
          inputMode="numeric"
          value={bio === 0 ? '' : bio}
          placeholder="any"
          onInput={(event) =>
            change({ bio: Math.max(0, Math.floor(Number(event.currentTarget.value)) || 0) })
          }
        />
      </label>
      {shown !== all && (
        <button type="button" onClick={() => change(NO_FILTER)}>
          show all {all}
        </button>
      )}
    </form>
  );
}
