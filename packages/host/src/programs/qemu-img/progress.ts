// progress.ts — The percentage that -p shows.
import type { Tool } from '@dmsim/coreutils';
import type { Conversion } from '@dmsim/libc';
import { formatFloat } from '@dmsim/libc';

export interface Progress {
  readonly t: Tool;
  readonly isShown: boolean;
  current: number;
  printed: number;
}

export const beginProgress = (t: Tool, isShown: boolean): Progress => ({
  t,
  isShown,
  current: 0,
  printed: 0,
});

const HUNDREDTHS: Conversion = { flags: '', width: 0, precision: 2, letter: 'f' };

/** Adds to the percentage; it is printed once it has grown by one, and at the beginning and the end. */
export function progress(p: Progress, delta: number): void {
  p.current = Math.min(100, p.current + delta);
  const { t, current, printed } = p;
  if (current <= printed + 1 && current > 0 && current < 100) return;
  p.printed = current;
  if (p.isShown) t.out.put(`    (${formatFloat(current, HUNDREDTHS)}/100%)\r`);
}

export function endProgress({ t, isShown }: Progress): void {
  if (isShown) t.out.put('\n');
}
