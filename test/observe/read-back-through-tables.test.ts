// read-back-through-tables.test.ts — Data written through a map is compared with data read through any other name of the same sectors.
import type { Bio } from '@dmsim/block';
import { bioEndio, BLOCK_TRACE, lengthOfRun, opOfRun, REQ_OP } from '@dmsim/block';
import type { MapVerdict } from '@dmsim/dm';
import { createMachine, runLab } from '@dmsim/host';
import type { Machine } from '@dmsim/host';
import type { Violation } from '@dmsim/observe';
import { RECORD_WIDTH } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { readBack } from '../../packages/observe/src/invariants/read-back.ts';

/** sda and sdb lead to one unit. */
const DISKS = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
modprobe brd rd_nr=2 rd_size=8192
w() { head -c $((4096 * $3)) /dev/urandom | dd of=$1 bs=4096 seek=$2 oflag=direct iflag=fullblock status=none; }
r() { dd if=$1 of=/dev/null bs=4096 skip=$2 count=$3 iflag=direct status=none; }
MP="0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
`;

function violationsOf(
  lines: string,
  change: (machine: Machine) => void = () => undefined,
): {
  readonly violations: readonly Violation[];
  readonly output: string;
} {
  const machine = createMachine();
  change(machine);
  let output = '';
  const onOutput = (_fd: number, bytes: Uint8Array): void => {
    output += String.fromCharCode(...bytes);
  };
  const { outcome, violations } = runLab(machine, {
    name: 'lab.sh',
    text: DISKS + lines,
    onOutput,
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  return { violations, output };
}

type Map = (ti: never, bio: Bio) => MapVerdict;

/** The machine's target of that name maps otherwise, and says nothing of it. */
const mapsOtherwise =
  (name: string, map: (right: Map) => Map) =>
  ({ dm }: Machine): void => {
    const type = dm.targetTypes.get(name);
    const right: Map = (ti, bio) => (type?.map as Map | undefined)?.(ti, bio) ?? 'kill';
    dm.targetTypes.set(name, Object.assign({}, type, { map: map(right) }));
  };

/** Eight sectors too far. */
const shifted =
  (right: Map): Map =>
  (ti, bio) => {
    const verdict = right(ti, bio);
    bio.sector += 8;
    return verdict;
  };

function losesTheSecondWrite(right: Map): Map {
  let writes = 0;
  return (ti, bio) => {
    if (bio.op !== REQ_OP.WRITE || ++writes !== 2) return right(ti, bio);
    bioEndio(bio);
    return 'submitted';
  };
}

describe('the trace', () => {
  it('shows what is read only of sectors between the first and the last that were written', () => {
    const read: string[] = [];
    const note = ({ events }: Machine): void => {
      events.batches.subscribe(({ records, count }) => {
        for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
          const [, point, , , run = 0, sector] = records.subarray(i);
          if (point !== BLOCK_TRACE.block_data.code || opOfRun(run) !== REQ_OP.READ) continue;
          read.push(`${sector}+${lengthOfRun(run)}`);
        }
      });
    };
    violationsOf('w /dev/sda 3 1; w /dev/sdb 5 1; r /dev/sda 0 2; r /dev/sda 2 5', note);
    // Of each page of chance every sector is another one.
    const page = (from: number): string[] => Array.from({ length: 8 }, (_, i) => `${from + i}+1`);
    expect(read).toEqual([...page(24), '32+8', ...page(40)]);
  });
});

describe('what is written through a table is what is read below it', () => {
  const linear = `dmsetup create mp --table "$MP"
dmsetup create top --table "0 4096 linear /dev/mapper/mp 8192
4096 4096 linear /dev/mapper/mp 0"
w /dev/mapper/top 3 2; w /dev/mapper/top 511 2; w /dev/sdb 1023 4`;
  const striped = `dmsetup create mp --table "$MP"
dmsetup create top --table "0 8192 striped 2 16 /dev/mapper/mp 0 /dev/mapper/mp 4096"
w /dev/mapper/top 3 20`;

  it.each([
    [
      'a linear map over multipath',
      `${linear}; r /dev/mapper/mp 0 2000; r /dev/sda 1024 8; r /dev/sdb 0 2000; r /dev/mapper/top 0 1024`,
    ],
    [
      'a striped map over multipath',
      `${striped}; r /dev/mapper/mp 0 1024; r /dev/sdb 0 1024; r /dev/mapper/top 0 1024`,
    ],
  ])('through %s, where that maps right', (_what, lines) => {
    expect(violationsOf(lines).violations).toEqual([]);
  });

  it.each([
    ['linear', linear, 'r /dev/sda 1024 8', mapsOtherwise('linear', shifted)],
    ['striped', striped, 'r /dev/sda 0 64', mapsOtherwise('striped', shifted)],
  ])('and is found when %s maps wrong', (_what, lines, read, change) => {
    const { violations } = violationsOf(`${lines}; ${read}`, change);
    expect(new Set(violations.map(({ invariant }) => invariant))).toEqual(new Set([readBack.name]));
  });

  it.each([
    [
      'a linear map that is moved under a write that waits',
      `dmsetup create lin --table "0 4096 linear 8:0 0"
w /dev/mapper/lin 0 2; dmsetup suspend lin; dmsetup load lin --table "0 4096 linear 8:16 4096"
w /dev/mapper/lin 0 1 & sleep 0.01; w /dev/sdb 512 1; dmsetup resume lin; wait
r /dev/mapper/lin 0 2; r /dev/sda 0 2; r /dev/sdb 512 2; w /dev/mapper/lin 1 1; r /dev/sda 513 1`,
    ],
    [
      'a multipath map that is moved to another medium',
      `M() { echo "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 $1 1"; }
dmsetup create m --table "$(M 1:0)"; dmsetup create top --table "0 4096 linear /dev/mapper/m 16"
w /dev/mapper/top 0 2; w /dev/ram1 2 2; dmsetup suspend m; dmsetup load m --table "$(M 1:1)"
w /dev/mapper/top 1 1 & r /dev/mapper/top 0 2 & sleep 0.01; dmsetup resume m; wait
r /dev/mapper/top 0 2; r /dev/ram0 2 2; r /dev/ram1 2 2`,
    ],
  ])('and nothing is found in %s', (_what, lines) => {
    expect(violationsOf(lines).violations).toEqual([]);
  });

  it('finds a lost write after a swap that moves nothing, whatever its paths are called', () => {
    const lines = `dmsetup create lin --table "0 4096 linear 8:0 64"; w /dev/mapper/lin 0 1
dmsetup load lin --table "0 4096 linear 8:16 64"; dmsetup resume lin; w /dev/mapper/lin 0 1; r /dev/sda 8 1`;
    const { violations } = violationsOf(lines, mapsOtherwise('linear', losesTheSecondWrite));
    expect(new Set(violations.map(({ invariant }) => invariant))).toEqual(new Set([readBack.name]));
  });
});
