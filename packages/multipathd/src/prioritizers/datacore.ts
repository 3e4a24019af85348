// datacore.ts — DataCore SANmelody: paths to the server that the arguments name. Mirrors libmultipath/prioritizers/datacore.c.
import { ready } from '@dmsim/vfs';

import type { Prioritizer } from './prioritizer.ts';

const DEFAULT_TIMEOUT = 2000;

/** `timeout=MS preferredsds=NAME`, in either order, the time-out optional. Null: something else. */
function parse(args: string): { readonly timeout: number; readonly name: string } | null {
  const first = /^timeout=\s*([+-]?\d+)\s*preferredsds=\s*(\S+)/.exec(args);
  if (first !== null) return { timeout: Number(first[1]), name: first[2] ?? '' };
  const second = /^preferredsds=\s*(\S+)(?:\s+timeout=\s*([+-]?\d+))?/.exec(args);
  if (second === null) return null;
  return { timeout: Number(second[2] ?? DEFAULT_TIMEOUT), name: second[1] ?? '' };
}

function complaint(args: string): string | null {
  const parsed = parse(args);
  if (parsed === null) return 'unexpected prio_args format';
  const { timeout, name } = parsed;
  if (name.length <= 1) return 'prio args: preferredsds too short (1 character min)';
  const inBounds = timeout >= 500 && timeout <= 20_000;
  return inBounds ? null : 'prio args: timeout out of bounds [500:20000]';
}

export const datacore: Prioritizer = {
  name: 'datacore',
  getPriority({ dev }, { args, log }) {
    const what = complaint(args);
    if (what !== null) log.put(0, `${dev}: datacore prio: ${what}`);
    // The name would stand in the vendor's part of the inquiry, which is blank on disks here.
    return ready(0);
  },
};
