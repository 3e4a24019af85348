// sg-rtpg.ts — sg_rtpg of sg3_utils: sends a REPORT TARGET PORT GROUPS and lists the groups. Mirrors drivers/scsi/scsi_debug.c: resp_report_tgtpgs.
import type { ScsiDevice } from '@dmsim/block';
import { countCommands } from '@dmsim/block';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { parseOptions, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { identityOf } from '../../scsi-identity.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (_path, reason) => `sg_rtpg failed: ${reason}\n`,
  refused: (reason) =>
    `Report target port groups: pass-through os error: ${reason}\n` +
    `Report Target Port Groups: ${reason}\nsg_rtpg failed: ${reason}\n`,
};

const OPTIONS: OptionSpec = {
  short: 'd',
  long: { decode: 'd' },
  refused: 'ehHrRvV',
  refusedLong: ['extended', 'help', 'hex', 'raw', 'readonly', 'verbose', 'version'],
};

export function sgRtpg(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, OPTIONS);
  const sdev = yield* openSgDevice(t, machine, { ...MESSAGES, operands });
  if (typeof sdev === 'number') return sdev;
  countCommands(sdev, 1);
  t.out.put('Report target port groups:\n');
  for (const group of groupsOf(sdev)) t.out.put(describe(group, has('d')));
  return 0;
}

interface Group {
  readonly id: number;
  readonly state: number;
  /** Bits of the states that it may have. */
  readonly supported: number;
  readonly port: number;
}

const ALL_STATES = 0x0f;
const ONLY_OPTIMIZED = 0x01;
const ONLY_UNAVAILABLE = 0x08;
const UNAVAILABLE = 3;

/** The group of the port that the command came through, and one of a port that nothing comes through. */
function groupsOf(sdev: ScsiDevice): Group[] {
  const { portGroup } = identityOf(sdev);
  const supported = sdev.handler === null ? ONLY_OPTIMIZED : ALL_STATES;
  return [
    { id: portGroup, state: STATES[sdev.portGroup.state].code, supported, port: 1 },
    { id: portGroup + 0x80, state: UNAVAILABLE, supported: ONLY_UNAVAILABLE, port: 2 },
  ];
}

type State = ScsiDevice['portGroup']['state'];

const STATES: Readonly<Record<State, { readonly code: number; readonly text: string }>> = {
  'active/optimized': { code: 0, text: 'active/optimized' },
  'active/non-optimized': { code: 1, text: 'active/non optimized' },
  standby: { code: 2, text: 'standby' },
  unavailable: { code: UNAVAILABLE, text: 'unavailable' },
  'lba-dependent': { code: 4, text: 'logical block dependent' },
  offline: { code: 14, text: 'offline' },
  transitioning: { code: 15, text: 'transitioning between states' },
};

const textOfState = (state: number): string =>
  Object.values(STATES).find(({ code }) => code === state)?.text ?? '';

/** By the bit from the left. */
const SUPPORTS = [
  ['T', 0x80],
  ['O', 0x40],
  ['LBD', 0x10],
  ['U', 0x08],
  ['S', 0x04],
  ['AN', 0x02],
  ['AO', 0x01],
] as const;

const hex = (n: number): string => `0x${n.toString(16).padStart(2, '0')}`;

function describe({ id, state, supported, port }: Group, decode: boolean): string {
  const supports = SUPPORTS.map(
    ([name, bit]) => `${name}_SUP : ${(supported & bit) === 0 ? 0 : 1}`,
  );
  return `  target port group id : ${hex(id)} , Pref=0, Rtpg_fmt=0
    target port group asymmetric access state : ${hex(state)}${decode ? ` (${textOfState(state)})` : ''}
    ${supports.join(', ')}
    status code : 0x00${decode ? ' (no status available)' : ''}
    vendor unique status : 0x00
    target port count : 01
    Relative target port ids:
      ${hex(port)}
`;
}
