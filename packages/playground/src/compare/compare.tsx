// compare.tsx — Compares one lab under the three requeue strategies, side by side.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { outcomeText } from '../engine/outcome-text.ts';
import type { RequeueName, RunSpec } from '../engine/run.ts';
import { cursor, engine, options, run, running, show } from '../model/session.ts';
import type { Summary } from './summary.ts';
import { differingLines, summarize } from './summary.ts';

const STRATEGIES: readonly { readonly requeue: RequeueName; readonly title: string }[] = [
  { requeue: 'deferred-head', title: 'deferred-head: Linux 6.12' },
  { requeue: 'pushback', title: 'pushback: the patches of 2006' },
  { requeue: 'none', title: 'none: before the patches' },
];

const summaries: Signal<readonly Summary[]> = signal([]);
let compared: RunSpec | null = null;

const sameBut = (a: RunSpec | null, b: RunSpec): boolean =>
  a !== null && JSON.stringify({ ...a, requeue: '' }) === JSON.stringify({ ...b, requeue: '' });

async function compare(spec: RunSpec): Promise<void> {
  compared = spec;
  summaries.value = [];
  for (const { requeue } of STRATEGIES) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- there is one engine, and the first result is shown first
      const result = await engine.run({ ...spec, requeue });
      if (compared !== spec) return;
      summaries.value = [...summaries.value, summarize(requeue, result)];
    } catch {
      if (compared === spec) compared = null;
      return;
    }
  }
}

export function Compare(): JSX.Element {
  const current = run.value;
  const busy = running.value;
  useEffect(() => {
    if (current !== null && !busy && !sameBut(compared, current.spec)) void compare(current.spec);
  }, [current, busy]);
  const [first] = summaries.value;
  const most = Math.max(
    1,
    ...summaries.value.flatMap(({ waiting }) => waiting.map(([, count]) => count)),
  );
  return (
    <div class="compare" tabIndex={0} role="region" aria-label="The strategies side by side">
      {STRATEGIES.map(({ requeue, title }) => {
        const summary = summaries.value.find((one) => one.requeue === requeue);
        return (
          <section key={requeue} data-strategy={requeue}>
            <h2>{title}</h2>
            {summary === undefined ? (
              <p class="quiet">running…</p>
            ) : (
              <SummaryView summary={summary} reference={first} most={most} />
            )}
          </section>
        );
      })}
    </div>
  );
}

interface SummaryProps {
  readonly summary: Summary;
  readonly reference: Summary | undefined;
  readonly most: number;
}

function SummaryView({ summary, reference, most }: SummaryProps): JSX.Element {
  const { requeue, result, succeeded, failed, givenBack, waiting, lines } = summary;
  const differs = differingLines(lines, reference?.lines ?? lines);
  const shown = options.value.requeue === requeue;
  return (
    <>
      <p>
        {outcomeText(result.outcome)}; bios: <b>{succeeded}</b> done,{' '}
        <b class={failed > 0 ? 'bad' : ''}>{failed}</b> failed, <b>{givenBack}</b> given back
      </p>
      <svg
        viewBox="0 0 300 46"
        class="curve"
        role="img"
        aria-label={`Bios that waited over time: ${Math.max(...waiting.map(([, n]) => n))} at most`}
      >
        <polyline
          points={waiting
            .map(
              ([at, count]) => `${(at * 300).toFixed(1)},${(44 - (40 * count) / most).toFixed(1)}`,
            )
            .join(' ')}
        />
      </svg>
      <button
        type="button"
        disabled={shown}
        onClick={() => {
          options.value = { ...options.value, requeue };
          if (run.value !== null) void show({ ...run.value.spec, requeue }, cursor.value);
        }}
      >
        {shown ? 'shown above' : 'show this one above'}
      </button>
      <pre>
        {lines.map((line, i) =>
          differs[i] === true ? <mark key={i}>{`${line}\n`}</mark> : `${line}\n`,
        )}
      </pre>
    </>
  );
}
