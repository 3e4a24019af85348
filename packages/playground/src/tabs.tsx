// tabs.tsx — The views below the picture, one at a time.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { Compare } from './compare/compare.tsx';
import { EventsPane } from './events/events-pane.tsx';
import { KernelLog } from './lab/kernel-log.tsx';
import { keepInView } from './picture/keep-in-view.ts';
import type { Tab } from './share/view.ts';
import { large, TABS, view } from './share/view.ts';
import { SpaceTime } from './space-time/space-time.tsx';
import { StateWords } from './state-words/state-words.tsx';
import { LazyTerminal, typing } from './terminal/lazy-terminal.tsx';

const TITLES: Readonly<Record<Tab, string>> = {
  events: 'Events',
  'space-time': 'Space–time',
  terminal: 'Terminal',
  state: 'State in words',
  strategies: 'Strategies',
  log: 'Kernel log',
};

const CONTENTS: Readonly<Record<Tab, () => JSX.Element>> = {
  events: EventsPane,
  'space-time': SpaceTime,
  terminal: LazyTerminal,
  state: StateWords,
  strategies: Compare,
  log: KernelLog,
};

export function Tabs(): JSX.Element {
  const { tab } = view.value;
  const Content = CONTENTS[tab];
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => keepInView(bar.current, '[aria-selected="true"]'), [tab]);
  const open = (to: Tab): void => {
    view.value = { tab: to };
  };
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab;
    open(to);
    document.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return (
    <div class="below">
      <div class="tab-bar">
        <div class="tabs" ref={bar} role="tablist" aria-label="Views" onKeyDown={move}>
          {TABS.map((one) => (
            <button
              key={one}
              id={`tab-${one}`}
              type="button"
              role="tab"
              aria-selected={one === tab}
              aria-controls="view"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => {
                open(one);
                typing.wanted = one === 'terminal';
              }}
            >
              {TITLES[one]}
            </button>
          ))}
        </div>
        <button
          type="button"
          aria-pressed={large.value}
          title="More room for this view, less for the picture"
          onClick={() => {
            large.value = !large.value;
          }}
        >
          {large.value ? 'Smaller' : 'Larger'}
        </button>
      </div>
      <div class="view" id="view" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <Content key={tab} />
      </div>
    </div>
  );
}
