// alua.ts — The state of the path's port group, asked from the array each time. Mirrors libmultipath/prioritizers/alua.c.
import type { PortGroupState, ReportedGroup } from '../host.ts';
import type { Log } from '../log.ts';
import { PRIO_UNDEF } from '../path.ts';
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

/** Codes and texts of the standard. */
const ACCESS: Readonly<Record<PortGroupState['state'], readonly [code: number, text: string]>> = {
  optimized: [0x0, 'active/optimized'],
  'non-optimized': [0x1, 'active/non-optimized'],
  standby: [0x2, 'standby'],
  unavailable: [0x3, 'unavailable'],
  'lba-dependent': [0x4, 'logical block dependent'],
  offline: [0xe, 'offline'],
  transitioning: [0xf, 'transitioning between states'],
};

const PREFERRED_BIT = 0x80;

function tellGroup(log: Log, dev: string, { id, state, preferred }: ReportedGroup): void {
  if (log.verbosity < 3) return;
  const [code, text] = ACCESS[state];
  const byte = (preferred ? PREFERRED_BIT : 0) | code;
  const shown = byte.toString(16).padStart(2, '0');
  log.put(3, `${dev}: reported target port group is ${id}`);
  log.put(3, `${dev}: aas = ${shown} [${text}]${preferred ? ' [preferred]' : ''}`);
}

/** The array did not answer. */
const RTPG_FAILED = -3;

export const alua: Prioritizer = {
  name: 'alua',
  *getPriority({ dev }, { host, args, log }) {
    const group = yield* host.scsi.reportTargetPortGroups(dev);
    if (group !== undefined) {
      tellGroup(log, dev, group);
      return aluaPriority(group, isExclusive(args));
    }
    log.put(2, `get_alua_info: get_asymmetric_access_state returned ${RTPG_FAILED}`);
    log.put(0, `${dev}: couldn't get asymmetric access state`);
    return PRIO_UNDEF;
  },
};
