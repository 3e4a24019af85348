// fork.ts — Does something to the machine at the instant that is shown: what was recorded after it is dropped, and happens anew.
import type { Interference } from '../engine/run.ts';
import { cursor, engine, moveTo, notice, run, show } from './session.ts';

/** How long a question may take, in ms of the page. */
const PATIENCE = 8000;

/** The interference so far, and one more at the instant that is shown. */
export function withMore(more: Omit<Interference, 'nth'>): Interference[] {
  const nth = cursor.value;
  const kept = (run.value?.spec.interference ?? []).filter((one) => one.nth <= nth);
  return [...kept, { ...more, nth }];
}

/**
 * Goes on from here with something done; the instant shown is the one at which that had ended. What dmsim refuses is
 * taken back. Resolves to the deed's place in the list, or null.
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

/** Goes back to the run without what was done by hand. */
export function dropInterference(): Promise<boolean> {
  const current = run.value;
  if (current === null) return Promise.resolve(false);
  return show({ ...current.spec, interference: [] }, cursor.value);
}

/** What commands print at the instant that is shown; the run stays as it is. Null when the question came to nothing. */
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
