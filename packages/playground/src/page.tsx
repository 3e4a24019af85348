// page.tsx — Where everything stands on the page.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { EventList } from './events/event-list.tsx';
import { Header } from './header.tsx';
import { listenToKeys } from './keys/keys.ts';
import { captionAt, captionsOf } from './lab/captions.ts';
import { Editor } from './lab/editor.tsx';
import { Transcript } from './lab/transcript.tsx';
import { isLabCommand, rowWords } from './model/rows.ts';
import type { Row } from './model/rows.ts';
import { cursor, draft, instant, moveTo, run, runDraft } from './model/session.ts';
import { layOut } from './picture/layout.ts';
import { Picture } from './picture/picture.tsx';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { pause } from './timeline/play.ts';
import { timeText } from './timeline/time-text.ts';
import { Transport } from './timeline/transport.tsx';

const NO_BREAKPOINTS: ReadonlySet<number> = new Set();
const NO_LINES: readonly number[] = [];

export function Page(): JSX.Element {
  useEffect(() => {
    if (draft.value === '') draft.value = SCENARIOS[0]?.text ?? '';
    void runDraft();
    return listenToKeys();
  }, []);
  const current = run.value;
  const rows = current?.rows ?? [];
  return (
    <div class="page">
      <Header />
      <main>
        <section class="lab" aria-label="Lab">
          <Editor
            text={draft.value}
            onChange={(text) => {
              draft.value = text;
            }}
            runningLine={runningLine(rows)}
            badLines={NO_LINES}
            breakpoints={NO_BREAKPOINTS}
            onBreakpoint={() => undefined}
          />
          <Transcript pieces={current?.result.output ?? []} nth={cursor.value} />
        </section>
        <section class="stage" aria-label="The machine">
          <Words rows={rows} />
          <Stage />
          <div class="below">
            {current !== null && (
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
            )}
          </div>
        </section>
      </main>
      <Transport />
    </div>
  );
}

/** The lab's line whose command ran last. */
function runningLine(rows: readonly Row[]): number {
  let line = 0;
  for (const row of rows) {
    if (row.nth > cursor.value) break;
    if (isLabCommand(row)) ({ line } = row);
  }
  return line;
}

function presentRecord(rows: readonly Row[]): Row | undefined {
  return rows.find(({ nth, kind }) => nth === cursor.value && kind !== 'change');
}

/** The lesson's words, and those of the present event. */
function Words({ rows }: { readonly rows: readonly Row[] }): JSX.Element {
  const current = run.value;
  const row = presentRecord(rows);
  const caption =
    current === null ? null : captionAt(captionsOf(current.lines), rows, cursor.value);
  const words =
    row === undefined || current === null
      ? null
      : rowWords(row, current.result.recording, current.lines);
  return (
    <div class="words">
      {caption !== null && <p class="caption">{caption}</p>}
      <p class="rule" aria-live="polite">
        <span class="when">{timeText(instant.value?.at ?? 0)}</span>
        <span class="text">
          {words?.text ?? 'The machine has booted. Press space to play, or → to step.'}
        </span>
        <span class="kernel" title={words?.file}>
          {words?.kernel}
        </span>
      </p>
    </div>
  );
}

function Stage(): JSX.Element {
  const now = instant.value;
  if (now === null) return <div class="picture empty">The lab runs…</div>;
  const row = presentRecord(run.value?.rows ?? []);
  const layout = layOut(now);
  const waiting = now.bios.length;
  return (
    <Picture
      layout={layout}
      activeDev={row?.dev ?? 0}
      activeBio={row?.bio ?? 0}
      onDevice={() => undefined}
      onMap={() => undefined}
      onBio={() => undefined}
      summary={`The machine at ${timeText(now.at)}: ${layout.maps.length} mapped devices, ${layout.devices.length} disks, ${waiting} bios under way`}
    />
  );
}
