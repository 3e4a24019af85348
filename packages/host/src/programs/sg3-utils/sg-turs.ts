// sg-turs.ts — sg_turs of sg3_utils: TEST UNIT READY, which for a mapped device goes to the path below.
import type { PassThroughResult, ScsiDevice } from '@dmsim/block';
import { additionalSense, senseKeyName, sendTestUnitReady } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { complain, refuse, tool } from '@dmsim/coreutils';
import type { OptionTable } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { Nanos, Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (path, reason) => `main: error opening file: ${path}: ${reason}\n`,
  refused: (reason) => `test unit ready: pass-through os error: ${reason}\n${reason}\n`,
};

const OPTIONS: OptionTable = {
  short: 'n:tv',
  long: { number: 'n:', num: 'n:', time: 't', verbose: 'v' },
};
const COMMAND = '    test unit ready cdb: [00 00 00 00 00 00]\n';
const TIMEOUT = seconds(60);

const USAGE = `Usage: sg_turs [--delay=MS] [--help] [--low] [--number=NUM] [--num=NUM]
               [--progress] [--time] [--verbose] [--version] DEVICE
  where:
    --delay=MS|-d MS    delay MS miiliseconds before sending each tur
    --help|-h        print usage message then exit
    --low|-l         use low level (sg_pt) interface for speed
    --number=NUM|-n NUM    number of test_unit_ready commands (def: 1)
    --num=NUM|-n NUM       same action as '--number=NUM'
    --old|-O         use old interface (use as first option)
    --progress|-p    outputs progress indication (percentage) if available
                     waits 30 seconds before TUR unless --delay=MS given
    --time|-t        outputs total duration and commands per second
    --verbose|-v     increase verbosity
    --version|-V     print version string then exit

Performs a SCSI TEST UNIT READY command (or many of them).
This SCSI command is often known by its abbreviation: TUR .
`;

const SYNTAX_ERROR = 1;

export function sgTurs(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { given, operands, error } = getopt(t.args, OPTIONS);
  if (error !== undefined) refuse(t, t.args.join(' '));
  const asked = given.findLast(([key]) => key === 'n')?.[1];
  if (asked !== undefined && !/^\d+$/.test(asked)) {
    yield* complain(t, `bad argument to '--number='\n${USAGE}`);
    return SYNTAX_ERROR;
  }
  const count = Number(asked ?? 1);
  if (count < 1) refuse(t, `-n ${asked}`);
  const verbose = given.filter(([key]) => key === 'v').length;
  if (verbose > 1) refuse(t, '-vv');
  const sdev = yield* openSgDevice(t, machine, { ...MESSAGES, operands });
  if (typeof sdev === 'number') return sdev;
  const from = machine.sim.now;
  const errors = yield* sendAll(t, sdev, { count, verbose: verbose > 0 });
  if (given.some(([key]) => key === 't')) t.out.put(timeTaken(machine.sim.now - from, count));
  if (count === 1) return yield* sayOne(t, errors[0], verbose > 0);
  t.out.put(completed(count, errors.length));
  return 0;
}

/** Returns the answers that tell of an error. */
function* sendAll(
  t: Tool,
  sdev: ScsiDevice,
  { count, verbose }: { readonly count: number; readonly verbose: boolean },
): Task<readonly PassThroughResult[]> {
  const errors: PassThroughResult[] = [];
  for (let i = 0; i < count; i++) {
    if (verbose) yield* complain(t, COMMAND);
    const result = yield* sendTestUnitReady(sdev, TIMEOUT);
    if (result.kind !== 'good') errors.push(result);
  }
  return errors;
}

function* sayOne(t: Tool, failed: PassThroughResult | undefined, verbose: boolean): Task<number> {
  if (failed === undefined) return 0;
  if (verbose) refuse(t, '-v of a command that fails');
  return yield* sayAnswer(t, failed);
}

const LEAST = 12;

function timeTaken(elapsed: Nanos, count: number): string {
  // A command takes some microseconds, which virtual time does not count.
  const micros = Math.max(Math.floor(elapsed / 1000), count * LEAST);
  const rate = ((count * 1e6) / micros).toFixed(2);
  return `time to perform commands was ${(micros / 1e6).toFixed(6)} secs; ${rate} operations/sec\n`;
}

const completed = (count: number, errors: number): string =>
  `Completed ${count} Test Unit Ready commands with ${errors} errors\n`;

/** Returns the exit status of sg3_utils for the answer. */
function* sayAnswer(t: Tool, result: PassThroughResult): Task<number> {
  switch (result.kind) {
    case 'good':
      return 0;
    case 'sense':
      return yield* saySense(t, result);
    case 'status': {
      const known = STATUSES.get(result.status);
      if (known === undefined) return refuse(t, `an answer with SCSI status ${result.status}`);
      if (known.text !== '') t.out.put(`${known.text}\n`);
      return known.status;
    }
    case 'host': {
      const name = HOST_BYTES[result.hostByte];
      if (name === undefined) return refuse(t, `an answer with host byte ${result.hostByte}`);
      const byte = result.hostByte.toString(16).padStart(2, '0');
      const host = `test unit ready: transport: Host_status=0x${byte} [DID_${name}]\n`;
      yield* complain(t, `${host}Driver_status=0x00 [DRIVER_OK]\n\n`);
      return 0;
    }
  }
}

interface Category {
  readonly text: string;
  readonly status: number;
  /** Printed after the sense data. */
  readonly noisy?: boolean;
}

const STATUSES: ReadonlyMap<number, Category> = new Map([
  [0x08, { text: 'Busy', status: 26 }],
  [0x18, { text: 'Reservation conflict', status: 24 }],
]);

const MEDIUM_OR_HARDWARE: Category = { text: 'Medium or hardware error', status: 3, noisy: true };

/** By sense key. */
const CATEGORIES: ReadonlyMap<number, Category> = new Map([
  [1, { text: '', status: 0, noisy: true }],
  [2, { text: 'device not ready', status: 2 }],
  [3, MEDIUM_OR_HARDWARE],
  [4, MEDIUM_OR_HARDWARE],
  [5, { text: 'Illegal request', status: 5 }],
  [6, { text: 'Unit attention', status: 6, noisy: true }],
  [7, { text: 'Data protect', status: 7 }],
  [8, MEDIUM_OR_HARDWARE],
  [11, { text: 'Aborted command', status: 11 }],
  [14, { text: 'Miscompare', status: 14 }],
]);

const INVALID_OPCODE = 0x20;
const ILLEGAL_REQUEST = 5;
const NOT_READY = 2;

type Sense = Extract<PassThroughResult, { readonly kind: 'sense' }>;

function* saySense(t: Tool, { key, asc, ascq }: Sense): Task<number> {
  if (key === ILLEGAL_REQUEST && asc === INVALID_OPCODE) {
    yield* complain(t, 'Illegal request, Invalid opcode\n');
    return 9;
  }
  const category = CATEGORIES.get(key);
  const additional = additionalSense({ key, asc, ascq });
  if (category === undefined) return refuse(t, `an answer with sense key ${key}`);
  if (category.noisy === true) {
    if (additional === undefined) return refuse(t, `an answer with sense code ${asc}/${ascq}`);
    const what = `Fixed format, current; Sense key: ${senseKeyName(key)}`;
    yield* complain(t, `test unit ready:\n${what}\nAdditional sense: ${additional}\n`);
  }
  if (category.text !== '') t.out.put(`${category.text}\n`);
  if (key === NOT_READY) t.out.put(completed(1, 1));
  return category.status;
}

/** DID_… */
const HOST_BYTES: Readonly<Record<number, string>> = {
  1: 'NO_CONNECT',
  2: 'BUS_BUSY',
  3: 'TIME_OUT',
  4: 'BAD_TARGET',
  5: 'ABORT',
  7: 'ERROR',
  8: 'RESET',
};
