// lazy-terminal.tsx — The terminal is a large part of the page's code: it comes when the page is there, not before.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

const terminal: Signal<(() => JSX.Element) | null> = signal(null);
let asked = false;

/** Called once the first lab is shown: from then on the page needs no network. */
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
  return <p class="quiet pad">The terminal comes…</p>;
}
