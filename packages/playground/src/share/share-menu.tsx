// share-menu.tsx — The menu for sharing a run: a link, a report, the lab, the trace, the picture.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { savedLab } from '../model/save-as-lab.ts';
import { cursor, engine, notice, run } from '../model/session.ts';
import { encodeAddress } from './address.ts';
import { download, pictureText } from './download.ts';
import { bugReport } from './report.ts';
import { view } from './view.ts';

/** The item that was copied a moment ago. */
const copied: Signal<string | null> = signal(null);

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    copied.value = what;
    setTimeout(() => {
      copied.value = null;
    }, 3000);
  } catch {
    // Not every browser lets a page write to the clipboard.
    download('dmsim.txt', text);
  }
}

async function copyLink(): Promise<void> {
  const current = run.value;
  if (current === null) return;
  const hash = await encodeAddress({ spec: current.spec, nth: cursor.value, view: view.value });
  history.replaceState(null, '', `#${hash}`);
  await copy(location.href, 'The link');
}

async function downloadTrace(): Promise<void> {
  const current = run.value;
  if (current === null) return;
  try {
    download('dmsim-trace.json', await engine.timeline(current.spec), 'application/json');
  } catch {
    notice.value = 'The trace could not be made.';
  }
}

function downloadPicture(): void {
  const svg = document.querySelector<SVGSVGElement>('svg.picture');
  if (svg !== null) download('dmsim.svg', pictureText(svg), 'image/svg+xml');
}

const WAYS: readonly { readonly label: string; readonly act: () => void }[] = [
  { label: 'Copy a link to this instant', act: () => void copyLink() },
  {
    label: 'Copy as a bug report',
    act: () => {
      if (run.value !== null) void copy(bugReport(run.value.spec, run.value.result), 'The report');
    },
  },
  {
    label: 'Download the lab, with your actions',
    act: () => {
      if (run.value !== null) download('lab.sh', savedLab(run.value.spec, run.value.result));
    },
  },
  { label: 'Download the trace, for ui.perfetto.dev', act: () => void downloadTrace() },
  { label: 'Download the picture', act: downloadPicture },
];

export function ShareMenu(): JSX.Element {
  const details = useRef<HTMLDetailsElement>(null);
  return (
    <details class="options share" ref={details}>
      <summary>
        <span role="status">{copied.value === null ? 'Share' : `${copied.value} is copied`}</span>
      </summary>
      <div class="panel">
        {WAYS.map(({ label, act }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              if (details.current !== null) details.current.open = false;
              act();
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </details>
  );
}
