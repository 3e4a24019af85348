// choice-options.ts — --order and --slack: which of the events that may be next goes first, and how much there is to choose.
import type { ChoiceOptions, Chooser } from '@dmsim/sim';
import { fifo, JITTER, random } from '@dmsim/sim';

import { Refusal } from '../refusal.ts';

const NANOS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };

/** `1ms`, `200us`, `0`; in ns. */
export function parseSlack(command: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ns|us|ms|s)$/.exec(text);
  const nanos =
    text === '0' ? 0 : Math.round(Number(match?.[1]) * (NANOS[match?.[2] ?? ''] ?? NaN));
  if (!(nanos <= 1e9)) {
    throw new Refusal(
      `${command}: --slack takes a time up to 1s, such as 1ms, 200us or 0, not '${text}'`,
    );
  }
  return nanos;
}

/** Parses the order of a single run: fifo is exact, random has the jitter of a machine. */
export function parseChoice(
  order: string,
  { seed, slack }: { readonly seed: number; readonly slack: string | undefined },
): ChoiceOptions & { readonly chooser: Chooser } {
  if (order !== 'fifo' && order !== 'random') {
    throw new Refusal(`run: --order takes fifo or random, not '${order}'`);
  }
  if (order === 'fifo') {
    if (slack !== undefined)
      throw new Refusal('run: --slack goes with --order random: fifo is exact');
    return { chooser: fifo };
  }
  const jitter = slack === undefined ? JITTER : { ...JITTER, slack: parseSlack('run', slack) };
  return { chooser: random(seed), ...jitter };
}
