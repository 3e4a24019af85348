// lazy-terminal.tsx — Loads the terminal, a large part of the page's code, once the page itself is there.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

const terminal: Signal<(() => JSX.Element) | null> = signal(null);
let asked = false;

/** After a press on its tab the terminal takes what is typed. Elsewhere on the page letters are keys that do something. */
export const typing = { wanted: false };

/** The page calls this once it shows the first lab. From then on it needs no network. */
export function loadTerminal(): void {
  if (asked) return;
  asked = true;
  import('./terminal.tsx').then(
    ({ Terminal }) => {
      terminal.value = Terminal;
    },
    () => {
      asked = false;
    },
  );
}

export function LazyTerminal(): JSX.Element {
  const Terminal = terminal.value;
  if (Terminal !== null) return <Terminal />;
  loadTerminal();
  return <p class="quiet pad">Loading the terminal…</p>;
}
