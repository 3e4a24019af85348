// kernel-log.tsx — The kernel's log up to the present instant, of which the end is shown.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { cursor, run } from '../model/session.ts';

const MAX_LINES = 2000;

export function KernelLog(): JSX.Element {
  const lines = (run.value?.result.log ?? []).filter(({ nth }) => nth <= cursor.value);
  const log = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const pre = log.current;
    if (pre !== null) pre.scrollTop = pre.scrollHeight;
  }, [lines.length]);
  return (
    <pre class="state-words" ref={log} tabIndex={0} role="region" aria-label="Kernel log">
      {lines
        .slice(-MAX_LINES)
        .map(({ at, text }) => `[${(at / 1e9).toFixed(6).padStart(12)}] ${text}`)
        .join('\n')}
    </pre>
  );
}
