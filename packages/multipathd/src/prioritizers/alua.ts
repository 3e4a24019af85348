// alua.ts — The state of the path's port group, asked from the array each time. Mirrors libmultipath/prioritizers/alua.c.
import type { PortGroupState } from '../host.ts';
import type { Prioritizer } from './prioritizer.ts';

const PREFERRED = 80;

/** A preferred bit counts for a group that isn't optimized; with `exclusive_pref_bit` for that one, too. */
export function aluaPriority({ state, preferred }: PortGroupState, exclusive: boolean): number {
  const priority = priorityOf(state);
  return preferred && (exclusive || state !== 'optimized') ? priority + PREFERRED : priority;
}

/** The first place where the argument stands counts, and must be a word of its own. */
export function isExclusive(args: string): boolean {
  const at = args.indexOf(EXCLUSIVE);
  const around = [args[at - 1], args[at + EXCLUSIVE.length]];
  return at >= 0 && around.every((c) => c === undefined || c === ' ' || c === '\t');
}

const EXCLUSIVE = 'exclusive_pref_bit';

function priorityOf(state: PortGroupState['state']): number {
  switch (state) {
    case 'optimized':
      return 50;
    case 'non-optimized':
      return 10;
    case 'lba-dependent':
      return 5;
    case 'standby':
      return 1;
    case 'unavailable':
    case 'offline':
    case 'transitioning':
      return 0;
  }
}

export const alua: Prioritizer = {
  name: 'alua',
  *getPriority({ dev }, { host, args }) {
    const group = yield* host.scsi.reportTargetPortGroups(dev);
    return group === undefined ? -1 : aluaPriority(group, isExclusive(args));
  },
};
