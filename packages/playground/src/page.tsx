// page.tsx — The layout of the page.
import { lastUpTo } from '@dmsim/observe';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { breakBetween, breakpoints, toggleLine } from './breakpoints/breakpoints.tsx';
import { Header } from './header.tsx';
import { Help } from './help.tsx';
import { listenToKeys } from './keys/keys.ts';
import { errorLines } from './lab/error-lines.ts';
import { LazyEditor } from './lab/lazy-editor.tsx';
import { Transcript } from './lab/transcript.tsx';
import { cursor, draft, run } from './model/session.ts';
import { loadScenarios } from './scenarios/scenarios.ts';
import { begin } from './share/begin.ts';
import { keepAddress } from './share/keep-address.ts';
import { large } from './share/view.ts';
import { Stage } from './stage.tsx';
import { Tabs } from './tabs.tsx';
import { loadTerminal } from './terminal/lazy-terminal.tsx';
import { stopPlayingAt } from './timeline/play.ts';
import { Transport } from './timeline/transport.tsx';
import { WordsOfNow } from './words-of-now.tsx';

export function Page(): JSX.Element {
  useEffect(() => {
    stopPlayingAt(breakBetween);
    void begin(location.hash.slice(1)).then(() => {
      loadTerminal();
      loadScenarios();
    });
    const onHash = (): void => void begin(location.hash.slice(1));
    addEventListener('hashchange', onHash);
    const stop = listenToKeys();
    const stopKeeping = keepAddress();
    return () => {
      removeEventListener('hashchange', onHash);
      stop();
      stopKeeping();
    };
  }, []);
  return (
    <div class="page">
      <Header />
      <main>
        <Lab />
        <section class={`stage${large.value ? ' large-below' : ''}`} aria-label="The machine">
          <WordsOfNow />
          <Stage />
          <Tabs />
        </section>
      </main>
      <Transport />
      <Help />
    </div>
  );
}

function Lab(): JSX.Element {
  const current = run.value;
  const nth = cursor.value;
  const stopLines = useMemo(
    () => new Set(breakpoints.value.flatMap((one) => (one.kind === 'line' ? [one.line] : []))),
    [breakpoints.value],
  );
  const badLines = useMemo(() => errorLines(current?.result), [current]);
  return (
    <section class="lab" aria-label="Lab">
      <LazyEditor
        text={draft.value}
        onChange={(text) => {
          draft.value = text;
        }}
        runningLine={
          draft.value === current?.spec.lab
            ? (current.commands[lastUpTo(current.commands, nth)]?.line ?? 0)
            : 0
        }
        badLines={draft.value === current?.spec.lab ? badLines : NO_LINES}
        breakpoints={stopLines}
        onBreakpoint={toggleLine}
      />
      <Transcript pieces={current?.result.output ?? []} nth={nth} />
    </section>
  );
}

const NO_LINES: readonly number[] = [];
