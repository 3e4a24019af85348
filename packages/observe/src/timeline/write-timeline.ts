// write-timeline.ts — Writes a run's trace as text that opens in ui.perfetto.dev.
import { events } from '../events.ts';
import type { Violation } from '../invariants/violation.ts';
import type { Watched } from '../watched.ts';
import { createChromeTraceWriter } from './json-writer.ts';
import { createTimeline } from './timeline.ts';

export interface TimelineWriting {
  /** Shows that an invariant is broken. */
  mark(violation: Violation): void;
  /** The run is over, or cut off: ends the text. */
  finish(): void;
}

/** Everything from now on; `append` gets pieces of text in order, some 64 KiB at a time. */
export function writeTimeline(
  machine: Watched,
  append: (text: string) => void,
  { chunk = 65_536 }: { readonly chunk?: number } = {},
): TimelineWriting {
  let pending: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (length > 0) append(pending.join(''));
    pending = [];
    length = 0;
  };
  const writer = createChromeTraceWriter((text) => {
    pending.push(text);
    length += text.length;
    if (length >= chunk) flush();
  });
  machine.sim.tracesArguments = true;
  const timeline = createTimeline(machine, writer);
  const subscription = events(machine.events).subscribe((batch) => timeline.next(batch));
  return {
    mark: (violation) => timeline.mark(violation),
    finish() {
      subscription.unsubscribe();
      timeline.finish();
      flush();
    },
  };
}
