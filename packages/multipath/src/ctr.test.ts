import { describe, expect, it } from 'vitest';

import {
  create,
  createMachine,
  inactiveTable,
  load,
  log,
  remove,
  status,
  table,
} from './machine.case.ts';

const ONE = '0 1 1 round-robin 0 1 1 8:0 1';

/** The errno, and what the kernel said of it. */
function refusal(params: string): string {
  const m = createMachine();
  const errno = create(m, params);
  const prefix = 'table: 254:0: multipath: ';
  const line = log(m).find((text) => text.startsWith(prefix));
  expect(m.disks.map((d) => d.dev.openers)).toEqual([0, 0, 0]);
  return `${errno ?? 'ok'}: ${line?.slice(prefix.length) ?? ''}`;
}

describe('a table line is refused', () => {
  const cases: readonly (readonly [params: string, error: string, errno?: string])[] = [
    ['', 'invalid number of feature args'],
    ['x', 'invalid number of feature args'],
    ['-1', 'invalid number of feature args'],
    ['9 a b c d e f g h i', 'invalid number of feature args'],
    ['60 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1', 'invalid number of feature args'],
    [`1 no_partitions ${ONE}`, 'Unrecognised multipath feature request'],
    [`1 queue_mode ${ONE}`, 'Unrecognised multipath feature request'],
    [`1 pg_init_retries 5 ${ONE}`, 'Unrecognised multipath feature request'],
    [`2 pg_init_retries 0 ${ONE}`, 'pg_init_retries must be between 1 and 50'],
    [`2 pg_init_retries 051 ${ONE}`, 'pg_init_retries must be between 1 and 50'],
    [`2 pg_init_delay_msecs 60001 ${ONE}`, 'pg_init_delay_msecs must be between 0 and 60000'],
    [`2 queue_mode sq ${ONE}`, "Unknown 'queue_mode' requested"],
    ['0', 'invalid number of hardware handler args'],
    ['0 1025 alua', 'invalid number of hardware handler args'],
    ['0 2 alua', 'invalid number of hardware handler args'],
    ['0 0', 'invalid number of priority groups'],
    ['0 0 1025 1', 'invalid number of priority groups'],
    ['0 0 1', 'invalid initial priority group number'],
    ['0 0 1 1025', 'invalid initial priority group number'],
    ['0 0 0 1', 'invalid initial priority group'],
    ['0 0 1 0', 'invalid initial priority group'],
    ['0 0 1 1 round-robin', 'not enough priority group arguments'],
    [`0 ${ONE} junk`, 'not enough priority group arguments'],
    ['0 0 1 1 Round-Robin 0 1 1 8:0 1', 'unknown path selector type'],
    [`0 ${ONE} junk junk`, 'unknown path selector type'],
    ['0 0 1 1 round-robin 9 1 1 8:0 1', 'invalid number of path selector args'],
    ['0 0 1 1 historical-service-time 3 1 1 1 1 0 8:0', 'path selector constructor failed'],
    ['0 0 1 1 historical-service-time 1 1024 1 0 8:0', 'path selector constructor failed'],
    ['0 0 1 1 round-robin 0 0 1', 'invalid number of paths'],
    ['0 0 1 1 round-robin 0 1025 1', 'invalid number of paths'],
    ['0 0 1 1 round-robin 0 1 1025', 'invalid number of selector args'],
    ['0 0 1 1 round-robin 0 2 1 8:0 1 8:16', 'not enough path parameters'],
    ['0 0 1 1 round-robin 0 2 1 8:0 1 nosuch 1', 'error getting device (-ENOENT)', 'ENOENT'],
    ['0 0 1 1 round-robin 0 1 1 8:0x 1', 'error getting device (-ENOENT)', 'ENOENT'],
    ['0 0 1 1 round-robin 0 1 1 /tmp/file 1', 'error getting device (-ENOTBLK)', 'ENOTBLK'],
    ['0 0 1 1 round-robin 0 1 1 4096:0 1', 'error getting device (-EOVERFLOW)', 'EOVERFLOW'],
    ['0 0 1 1 round-robin 0 1 1 9:9 1', 'error getting device (-ENXIO)', 'ENXIO'],
    ['0 0 1 1 round-robin 0 1 1 254:0 1', 'error getting device (-EINVAL)'],
    ['0 0 1 1 round-robin 0 1 2 8:0 1 1', 'round-robin ps: incorrect number of arguments'],
    ['0 0 1 1 round-robin 0 1 1 8:0 x', 'round-robin ps: invalid repeat count'],
    ['0 0 1 1 queue-length 0 1 2 8:0 1 1', 'queue-length ps: incorrect number of arguments'],
    ['0 0 1 1 queue-length 0 1 1 8:0 x', 'queue-length ps: invalid repeat count'],
    ['0 0 1 1 service-time 0 1 3 8:0 1 1 1', 'service-time ps: incorrect number of arguments'],
    ['0 0 1 1 service-time 0 1 1 8:0 x', 'service-time ps: invalid repeat count'],
    ['0 0 1 1 service-time 0 1 2 8:0 1 101', 'service-time ps: invalid relative_throughput value'],
    [
      '0 0 1 1 historical-service-time 0 1 2 8:0 1 1',
      'historical-service-time ps: incorrect number of arguments',
    ],
    [
      '0 0 1 1 historical-service-time 0 1 1 8:0 x',
      'historical-service-time ps: invalid repeat count',
    ],
    ['0 0 1 1 io-affinity 0 1 0 8:0', 'io-affinity ps: invalid number of arguments'],
    ['0 0 1 1 io-affinity 0 1 1 8:0 2', 'io-affinity ps: invalid cpumask'],
    ['0 0 1 1 io-affinity 0 2 1 8:0 1 8:16 1', 'io-affinity ps: No new/valid CPU mapping found'],
    ['0 0 2 1 round-robin 0 1 1 8:0 1', 'priority group count mismatch'],
    ['0 0 1 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1', 'priority group count mismatch'],
  ];
  for (const [params, error, errno = 'EINVAL'] of cases) {
    it(`"${params}": ${error}`, () => {
      expect(refusal(params)).toBe(`${errno}: ${error.replace(/ \(-\w+\)$/, '')} (-${errno})`);
    });
  }
});

describe('a table line is accepted', () => {
  it('with an initial group beyond the last, which then is the first', () => {
    const m = createMachine();
    expect(create(m, '0 0 1 1024 round-robin 0 1 1 8:0 1')).toBeUndefined();
    expect(status(m)).toBe('2 1 0 0 1 1 E 0 1 0 8:0 A 0 ');
  });

  it('with numbers that wrap at 2^32', () => {
    const m = createMachine();
    expect(create(m, '4294967296 0 4294967297 1 round-robin 0 1 1 8:0 1')).toBeUndefined();
  });

  it('with features in any case, order and repetition, and shows them in its own order', () => {
    const cases = [
      ['00', '0 '],
      ['3 pg_init_delay_msecs 0 queue_if_no_path', '3 queue_if_no_path pg_init_delay_msecs 0 '],
      ['2 QUEUE_IF_NO_PATH Queue_If_No_Path', '1 queue_if_no_path '],
      ['2 queue_mode MQ', '0 '],
      ['4 queue_mode rq queue_mode bio', '3 retain_attached_hw_handler queue_mode bio '],
      [
        '8 pg_init_retries 1 pg_init_retries 2 pg_init_delay_msecs 3 queue_mode mq',
        '4 pg_init_retries 2 pg_init_delay_msecs 3 ',
      ],
    ] as const;
    for (const [features, shown] of cases) {
      const m = createMachine();
      expect(create(m, `${features} ${ONE}`)).toBeUndefined();
      expect(table(m)).toBe(`${shown}0 1 1 round-robin 0 1 1 8:0 1 `);
    }
  });

  it('without any group', () => {
    const m = createMachine();
    create(m, '2 queue_mode bio 0 0 0');
    expect(status(m)).toBe('2 1 0 0 0 0 ');
    expect(table(m)).toBe('3 retain_attached_hw_handler queue_mode bio 0 0 0 ');
  });

  it('with handler words in bio mode, which are only counted', () => {
    const m = createMachine();
    expect(create(m, '2 queue_mode bio 2 nosuch x 1 1 round-robin 0 1 1 8:0 1')).toBeUndefined();
    expect(log(m)).toEqual(["multipath: bio-based multipath doesn't allow hardware handler args"]);
    expect(table(m)).toBe(
      '3 retain_attached_hw_handler queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1 ',
    );
  });

  it('with selector arguments that most selectors forget', () => {
    const m = createMachine();
    create(m, '0 0 2 1 queue-length 2 a b 1 1 8:0 7 service-time 0 1 0 8:16');
    expect(table(m)).toBe('0 0 2 1 queue-length 0 1 1 8:0 1 service-time 0 1 2 8:16 1 1 ');
    expect(log(m)).toEqual([
      'multipath queue-length: repeat_count > 1 is deprecated, using 1 instead',
    ]);
  });
});

describe('a table that goes', () => {
  it('closes its devices, whichever slot it was in', () => {
    const m = createMachine();
    create(m, `0 ${ONE}`);
    load(m, '0 0 1 1 round-robin 0 2 0 8:16 8:32');
    expect(inactiveTable(m)).toBe('0 0 1 1 round-robin 0 2 1 8:16 1 8:32 1 ');
    expect(m.disks.map((d) => d.dev.openers)).toEqual([1, 1, 1]);
    expect(remove(m)).toBeUndefined();
    expect(m.disks.map((d) => d.dev.openers)).toEqual([0, 0, 0]);
  });
});
