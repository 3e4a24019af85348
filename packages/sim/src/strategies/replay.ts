// replay.ts — The choices of another run again.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';

/** Past the end of `recorded`, and where a choice is too large for this run, it goes on as `fifo`. */
export function replay(recorded: readonly number[]): Chooser {
  const again = (n: number, nth: number): number => {
    const wanted = recorded[nth] ?? 0;
    return wanted < n ? wanted : 0;
  };
  return recording('replay', {
    pick: ({ length }, nth) => again(length, nth),
    draw: again,
  });
}
