// keep-address.ts — Keeps the lab that was run in the page's address: a reload, or a way back to the page, shows it again.
import { effect } from '@preact/signals';

import type { RunSpec } from '../engine/run.ts';
import { cursor, run } from '../model/session.ts';
import { FIRST_SCENARIO } from '../scenarios/scenarios.ts';
import { encodeAddress, MAX_LINK } from './address.ts';
import { view } from './view.ts';

/** Returns a function that stops keeping it. */
export function keepAddress(): () => void {
  return effect(() => {
    const current = run.value;
    if (current !== null) void keep(current.spec);
  });
}

async function keep(spec: RunSpec): Promise<void> {
  const hash = isFirst(spec)
    ? ''
    : await encodeAddress({ spec, nth: cursor.peek(), view: view.peek() });
  // A lab that is too large for a link stays out of the address, and so does a run that another one has replaced.
  if (run.peek()?.spec !== spec || hash.length > MAX_LINK) return;
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
}

/** True for what the page shows when its address holds nothing. */
const isFirst = ({ lab, seed, order, requeue, interference }: RunSpec): boolean =>
  lab === FIRST_SCENARIO.text &&
  seed === 1 &&
  order === 'fifo' &&
  requeue === 'deferred-head' &&
  interference.length === 0;
