import { describe, expect, it } from 'vitest';

import type { Machine } from '../machine.case.ts';
import {
  create,
  createMachine,
  disk,
  message,
  read,
  release,
  settle,
  start,
  status,
  table,
} from '../machine.case.ts';

const MODE = '2 queue_mode bio 0 1 1';

/** `sizes` in sectors: all at once, so that each is chosen with those before it in flight. */
function concurrent(m: Machine, sizes: readonly number[]): string {
  for (const { letter } of m.disks) disk(m, letter).mode = 'hold';
  m.sent = [];
  for (const [i, sectors] of sizes.entries()) start(m, i * 64, { sectors });
  return m.sent.join(' ');
}

const same = (count: number): number[] => Array.from({ length: count }, () => 8);

/** The words of the status line for each path after its letter and failures. */
const info = (m: Machine, words: number): string[] => {
  const all = status(m).trim().split(' ');
  return all.flatMap((word, i) =>
    word.startsWith('8:') ? [all.slice(i + 3, i + 3 + words).join(' ')] : [],
  );
};

describe('round-robin', () => {
  it('takes each path in turn, and one that is back at once', () => {
    const m = createMachine({ disks: 4 });
    create(m, `${MODE} round-robin 0 4 0 8:0 8:16 8:32 8:48`);
    expect(read(m, 6)).toBe('a b c d a b');
    message(m, 'fail_path 8:16');
    expect(read(m, 6)).toBe('c d a c d a');
    message(m, 'reinstate_path 8:16');
    expect(read(m, 6)).toBe('b c d a b c');
  });
});

describe('queue-length', () => {
  it('goes round while idle, and puts one that is back last', () => {
    const m = createMachine({ disks: 4 });
    create(m, `${MODE} queue-length 0 4 0 8:0 8:16 8:32 8:48`);
    expect(read(m, 6)).toBe('a b c d a b');
    message(m, 'fail_path 8:16');
    expect(read(m, 6)).toBe('c d a c d a');
    message(m, 'reinstate_path 8:16');
    expect(read(m, 6)).toBe('c d a b c d');
  });

  it('takes the shortest queue, the first of equals', () => {
    const m = createMachine({ disks: 3 });
    create(m, `${MODE} queue-length 0 3 1 8:0 1 8:16 1 8:32 1`);
    expect(concurrent(m, same(5))).toBe('a b c a b');
    expect(info(m, 1)).toEqual(['2', '2', '1']);
    release(m, disk(m, 'b'));
    expect(info(m, 1)).toEqual(['2', '0', '1']);
    m.sent = [];
    start(m, 0);
    expect(m.sent).toEqual(['b']);
  });
});

describe('service-time', () => {
  it('takes the path that would be done first, by its given throughput', () => {
    const m = createMachine({ disks: 3 });
    create(m, `${MODE} service-time 0 3 2 8:0 1 1 8:16 1 2 8:32 1 4`);
    expect(concurrent(m, same(8))).toBe('c c b c c b a c');
    expect(info(m, 2)).toEqual(['4096 1', '8192 2', '20480 4']);
  });

  it('counts bytes, not I/Os', () => {
    const m = createMachine({ disks: 2 });
    create(m, `${MODE} service-time 0 2 0 8:0 8:16`);
    expect(concurrent(m, [64, ...same(9)])).toBe('a b b b b b b b b a');
  });

  it('uses a path of throughput 0 only when there is no other', () => {
    const m = createMachine({ disks: 4 });
    create(m, `${MODE} service-time 0 4 2 8:0 1 1 8:16 1 2 8:32 1 2 8:48 1 0`);
    expect(read(m, 6)).toBe('b c b c b c');
    message(m, 'fail_path 8:16');
    message(m, 'fail_path 8:32');
    expect(read(m, 3)).toBe('a a a');
    message(m, 'fail_path 8:0');
    expect(read(m, 3)).toBe('d d d');
  });

  it('shows repeat counts and throughputs in the table line', () => {
    const m = createMachine({ disks: 2 });
    create(m, `${MODE} service-time 0 2 2 8:0 0 100 8:16 5 0`);
    expect(table(m)).toMatch(/service-time 0 2 2 8:0 0 100 8:16 1 0 $/);
  });
});

describe('historical-service-time', () => {
  it('averages service times: the first of 1 ms makes 1024 into 52000972', () => {
    const m = createMachine({ disks: 2 });
    create(m, `${MODE} historical-service-time 0 2 0 8:0 8:16`);
    expect(table(m)).toMatch(/historical-service-time 2 972 0 2 1 8:0 0 8:16 0 $/);
    disk(m, 'a').mode = 'hold';
    start(m, 0);
    expect(m.sent).toEqual(['a']);
    expect(info(m, 2)).toEqual(['1024 1', '1024 0']);
    settle(m, 1);
    const done = m.sim.now;
    release(m, disk(m, 'a'));
    // Two paths: for two average service times it is believed.
    expect(info(m, 3)).toEqual([`52000972 0 ${done + 2 * 50_782}`, '1024 0 0']);
  });

  it('alternates while idle, and shows its arguments', () => {
    const m = createMachine({ disks: 2 });
    create(m, `${MODE} historical-service-time 2 1000 2 2 1 8:0 1 8:16 7`);
    expect(read(m, 4)).toBe('a b a b');
    expect(table(m)).toMatch(/historical-service-time 2 1000 2 2 1 8:0 0 8:16 0 $/);
    expect(status(m)).toMatch(/ A 2 1000 2 2 3 8:0 A 0 /);
  });

  it('prefers the path that has been faster', () => {
    const m = createMachine({ disks: 2 });
    create(m, `${MODE} historical-service-time 1 512 2 0 8:0 8:16`);
    const [slow, fast] = [disk(m, 'a'), disk(m, 'b')];
    slow.mode = 'hold';
    fast.mode = 'hold';
    start(m, 0);
    settle(m, 49);
    start(m, 8);
    settle(m, 1);
    release(m, slow, 0, 0);
    release(m, fast, 0, 0);
    expect(concurrent(m, same(4))).toBe('b b b b');
  });
});

describe('io-affinity', () => {
  it('follows the CPU, falls back to any path, and counts CPUs that have none', () => {
    let cpu = 0;
    const m = createMachine({ disks: 2, nrCpus: 4, currentCpu: () => cpu });
    create(m, `${MODE} io-affinity 0 2 1 8:0 1 8:16 6`);
    expect(table(m)).toMatch(/io-affinity 0 2 1 8:0 1 8:16 6 $/);
    expect(read(m, 2)).toBe('a a');
    cpu = 2;
    expect(read(m, 2)).toBe('b b');
    message(m, 'fail_path 8:16');
    expect(read(m, 1)).toBe('a');
    expect(info(m, 1)).toEqual(['0', '0']);
    cpu = 3;
    expect(read(m, 1)).toBe('a');
    expect(info(m, 1)).toEqual(['1', '1']);
  });

  it('gives a CPU to the first path that claims it, and prints masks in groups of 32', () => {
    const m = createMachine({ disks: 2, nrCpus: 40 });
    create(m, `${MODE} io-affinity 0 2 1 8:0 3 8:16 80,00000002`);
    expect(table(m)).toMatch(/8:0 00,00000003 8:16 80,00000002 $/);
    expect(m.sim.log.map(({ text }) => text)).toContain(
      'device-mapper: multipath io-affinity: CPU mapping for 1 exists. Ignoring.',
    );
  });
});

describe('a repeat count above one', () => {
  it('is complained of ten times in five seconds, at each place', () => {
    const m = createMachine({ disks: 1 });
    for (let i = 0; i < 13; i++) create(m, `${MODE} round-robin 0 1 1 8:0 2`);
    settle(m, 6_000);
    create(m, `${MODE} round-robin 0 1 1 8:0 2`);
    const warning =
      'device-mapper: multipath round-robin: repeat_count > 1 is deprecated, using 1 instead';
    const lines = m.sim.log.map(({ text }) => text);
    expect(lines.filter((text) => text === warning)).toHaveLength(11);
    expect(lines).toContain('rr_add_path: 3 callbacks suppressed');
  });
});
