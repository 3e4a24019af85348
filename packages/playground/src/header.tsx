// header.tsx — Which lab, how it is run, and how it went.
import type { JSX } from 'preact';

import { outcomeText } from './engine/outcome-text.ts';
import { draft, notice, options, run, runDraft, running, stop } from './model/session.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';

export function Header(): JSX.Element {
  const chosen = SCENARIOS.find(({ text }) => text === draft.value)?.name ?? '';
  return (
    <header>
      <h1>
        dmsim <span>playground</span>
      </h1>
      <label>
        <span class="hidden">Lab</span>
        <select
          value={chosen}
          onChange={(event) => {
            const scenario = SCENARIOS.find(({ name }) => name === event.currentTarget.value);
            if (scenario === undefined) return;
            draft.value = scenario.text;
            void runDraft();
          }}
        >
          {chosen === '' && <option value="">your own lab</option>}
          {SCENARIOS.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label title="What dm does with I/O that a target gives back">
        <span class="hidden">Requeue strategy</span>
        <select
          value={options.value.requeue}
          onChange={(event) => {
            options.value = { ...options.value, requeue: event.currentTarget.value as 'none' };
            void runDraft();
          }}
        >
          <option value="deferred-head">deferred-head (6.12)</option>
          <option value="pushback">pushback (2006)</option>
          <option value="none">none (before 2006)</option>
        </select>
      </label>
      {running.value ? (
        <button type="button" class="stop" onClick={stop}>
          Stop
        </button>
      ) : (
        <button
          type="button"
          class="run"
          onClick={() => void runDraft()}
          title="Run the lab from its beginning (r)"
        >
          Run
        </button>
      )}
      <Verdict />
    </header>
  );
}

function Verdict(): JSX.Element {
  const result = run.value?.result;
  if (notice.value !== null) {
    return (
      <p class="verdict bad" role="status">
        {notice.value}
      </p>
    );
  }
  if (running.value) {
    return (
      <p class="verdict" role="status">
        The lab runs…
      </p>
    );
  }
  if (result === undefined) return <p class="verdict" role="status" />;
  const { outcome, violations } = result;
  const bad = outcome.kind !== 'exited' || violations.length > 0;
  const broken =
    violations.length === 0
      ? 'every invariant held'
      : `${violations.length} broken: ${violations[0]?.invariant}`;
  return (
    <p class={`verdict ${bad ? 'bad' : 'good'}`} role="status">
      {bad ? '✗' : '✓'} {outcomeText(outcome)}; {broken}
    </p>
  );
}
