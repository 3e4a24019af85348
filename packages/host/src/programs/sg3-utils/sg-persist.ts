// sg-persist.ts — sg_persist of sg3_utils: PERSISTENT RESERVE IN and OUT, which no disk of scsi_debug knows.
import { countCommands, namesSent } from '@dmsim/block';
import type { ScsiDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { complain, refuse, tool } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const OPTIONS: OptionTable = {
  short: 'ACcd:GhHiIkK:LnoPrRsS:T:vV',
  long: {
    'preempt-abort': 'A',
    clear: 'C',
    device: 'd:',
    in: 'i',
    'no-inquiry': 'n',
    out: 'o',
    'param-rk': 'K:',
    'param-sark': 'S:',
    preempt: 'P',
    'prout-type': 'T:',
    'read-full-status': 's',
    'read-keys': 'k',
    'read-reservation': 'r',
    'read-status': 's',
    register: 'G',
    'register-ignore': 'I',
    release: 'L',
    'report-capabilities': 'c',
    reserve: 'R',
  },
};

const IN_ACTIONS: Readonly<Record<string, string>> = {
  c: 'Report capabilities',
  k: 'Read keys',
  r: 'Read reservation',
  s: 'Read full status',
};
const OUT_ACTIONS: Readonly<Record<string, string>> = {
  A: 'Preempt and abort',
  C: 'Clear',
  G: 'Register',
  I: 'Register and ignore existing key',
  L: 'Release',
  P: 'Preempt',
  R: 'Reserve',
};
const NUMBERS: ReadonlySet<string> = new Set('KST');
const OTHERS: ReadonlySet<string> = new Set('dinoKST');

const SYNTAX_ERROR = 1;
const CONTRADICTION = 31;
const INVALID_OPCODE = 9;

const NO_ACTION = `>> No service action given; assume Persistent Reserve In command
>> with Read Keys service action
`;
const NO_OUT_ACTION = `>> For Persistent Reserve Out one and only one appropriate
>> service action must be chosen (e.g. '--register')
`;

const USAGE = `Usage: sg_persist [OPTIONS] [DEVICE]
  where the main OPTIONS are:
    --clear|-C                 PR Out: Clear
    --help|-h                  print usage message, twice for more
    --in|-i                    request PR In command (default)
    --out|-o                   request PR Out command
    --param-rk=RK|-K RK        PR Out parameter reservation key
                               (RK is in hex)
    --param-sark=SARK|-S SARK    PR Out parameter service action
                                 reservation key (SARK is in hex)
    --preempt|-P               PR Out: Preempt
    --preempt-abort|-A         PR Out: Preempt and Abort
    --prout-type=TYPE|-T TYPE    PR Out type field (see '-hh')
    --read-full-status|-s      PR In: Read Full Status
    --read-keys|-k             PR In: Read Keys (default)
    --read-reservation|-r      PR In: Read Reservation
    --read-status|-s           PR In: Read Full Status
    --register|-G              PR Out: Register
    --register-ignore|-I       PR Out: Register and Ignore
    --register-move|-M         PR Out: Register and Move
                               for '--register-move'
    --release|-L               PR Out: Release
    --replace-lost|-x          PR Out: Replace Lost Reservation
    --report-capabilities|-c   PR In: Report Capabilities
    --reserve|-R               PR Out: Reserve
    --unreg|-U                 optional with PR Out Register and Move

Performs a SCSI PERSISTENT RESERVE (IN or OUT) command. Invoking
'sg_persist DEVICE' will do a PR In Read Keys command. Use '-hh'
for more options and TYPE meanings.
`;

export function sgPersist(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { given, operands, error } = getopt(t.args, OPTIONS);
  const values = new Map(given);
  if (error !== undefined || !isKnown(values)) refuse(t, t.args.join(' '));
  const device = values.get('d') ?? operands[0];
  if (device === undefined) {
    yield* complain(t, `No device name given\n${USAGE}`);
    return SYNTAX_ERROR;
  }
  const action = yield* actionOf(t, [...values.keys()]);
  if (typeof action === 'number') return action;
  const sdev = yield* openSgDevice(t, machine, { ...messagesOf(action), operands: [device] });
  if (typeof sdev === 'number') return sdev;
  if (sdev.unitAttention !== null) refuse(t, 'a command that a unit attention answers');
  countCommands(sdev, values.has('n') ? 1 : 2);
  sdev.ioErrors++;
  if (!values.has('n')) t.out.put(inquiry(sdev));
  const what = `PR ${action.way} (${action.name}): command not supported\n`;
  yield* complain(t, `${what}sg_persist failed: Illegal request, Invalid opcode\n`);
  return INVALID_OPCODE;
}

/** Keys and types are hexadecimal numbers. */
const isKnown = (values: ReadonlyMap<string, string>): boolean =>
  [...values].every(
    ([key, value]) =>
      (key in IN_ACTIONS || key in OUT_ACTIONS || OTHERS.has(key)) &&
      (!NUMBERS.has(key) || /^(?:0[xX])?[\da-fA-F]{1,16}$/.test(value)),
  );

interface Action {
  readonly way: 'in' | 'out';
  readonly name: string;
}

/** The service action that the options ask for, or the exit status if they ask for several or for none. */
function* actionOf(t: Tool, keys: readonly string[]): Task<Action | number> {
  const asked = keys.filter((key) => key in IN_ACTIONS || key in OUT_ACTIONS);
  if (asked.length > 1) {
    yield* complain(t, `Too many service actions given; choose one only\n${USAGE}`);
    return CONTRADICTION;
  }
  const [key = ''] = asked;
  if (keys.includes('o')) return yield* outAction(t, key);
  if (key in OUT_ACTIONS) refuse(t, `-${key} without --out`);
  if (key === '') {
    if (keys.includes('i')) refuse(t, '--in without a service action');
    yield* complain(t, NO_ACTION);
  }
  return { way: 'in', name: IN_ACTIONS[key || 'k'] ?? '' };
}

function* outAction(t: Tool, key: string): Task<Action | number> {
  const name = OUT_ACTIONS[key];
  if (name !== undefined) return { way: 'out', name };
  yield* complain(t, NO_OUT_ACTION);
  return CONTRADICTION;
}

const messagesOf = ({ way, name }: Action): SgMessages => ({
  cannotOpen: (path, reason) => `sg_persist: error opening file ${path} (rw): ${reason}\n`,
  refused: (reason) =>
    `Persistent reservation ${way}: pass-through os error: ${reason}\n` +
    `PR ${way} (${name}): ${reason}\nsg_persist failed: ${reason}\n`,
});

const inquiry = ({ unit }: ScsiDevice): string =>
  `  ${namesSent(unit).join('  ')}\n  Peripheral device type: disk\n`;
