// fork.ts — Interferes with the machine at the present instant: the page drops what was recorded after it and runs it anew.
import type { Interference } from '../engine/run.ts';
import { cursor, engine, moveTo, notice, run, show } from './session.ts';

/** The longest time that a question may take, in real ms. */
const PATIENCE = 8000;

/** The interference so far, and one more at the present instant. */
export function withMore(more: Omit<Interference, 'nth'>): Interference[] {
  const nth = cursor.value;
  const kept = (run.value?.spec.interference ?? []).filter((one) => one.nth <= nth);
  return [...kept, { ...more, nth }];
}

/**
 * Runs on from here with one more deed, and shows the instant at which the deed had ended. If dmsim refuses the deed,
 * the page takes it back. Resolves to the deed's place in the list, or null.
 */
export async function interfere(more: Omit<Interference, 'nth'>): Promise<number | null> {
  const before = run.value;
  if (before === null) return null;
  const at = cursor.value;
  const interference = withMore(more);
  if (!(await show({ ...before.spec, interference }, at))) return null;
  const { outcome, done } = run.value?.result ?? before.result;
  if (outcome.kind === 'refused' && before.result.outcome.kind !== 'refused') {
    run.value = before;
    moveTo(at);
    notice.value = `dmsim: ${outcome.message}`;
    return null;
  }
  const deed = interference.length - 1;
  moveTo(done[deed]?.endedAt ?? at + 1);
  return deed;
}

/** Returns to the run in which nothing was done by hand. */
export function dropInterference(): Promise<boolean> {
  const current = run.value;
  if (current === null) return Promise.resolve(false);
  return show({ ...current.spec, interference: [] }, cursor.value);
}

/** Resolves to what the commands would print at the present instant. The run stays as it is. Null if there is no answer. */
export async function ask(text: string): Promise<string | null> {
  const current = run.value;
  if (current === null || engine.busy) return null;
  const interference = withMore({ text, by: 'question' });
  const deed = interference.length - 1;
  const timer = setTimeout(() => engine.stop(), PATIENCE);
  try {
    const { output } = await engine.ask({ ...current.spec, interference });
    return output
      .filter(({ from }) => from === deed)
      .map((piece) => piece.text)
      .join('');
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
