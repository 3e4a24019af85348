import { createSim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { FakeDisk } from '../host.case.ts';
import { onHost } from '../host.case.ts';
import { guardChecker } from '../user-plugins/user-checker.ts';
import type { CheckResult } from './checker.ts';
import { CHECKERS } from './registry.ts';

/** The states that a checker may return. */
const STATES = ['up', 'down', 'ghost', 'shaky', 'wild', 'pending', 'timeout'];

const SENSE = { kind: 'sense', asc: 0, ascq: 0 } as const;

const LOST: FakeDisk = {
  read: 'ENXIO',
  serial: null,
  testUnitReady: { kind: 'errno', errno: 'ENXIO' },
};

const DISKS: Readonly<Record<string, FakeDisk>> = {
  'a good disk': {},
  'a disk whose reads fail': { read: 'EIO' },
  'a disk without medium access': { read: 'EIO', testUnitReady: { ...SENSE, key: 3 } },
  'a lost path': LOST,
  'a transport that fails': { read: 'EIO', testUnitReady: { kind: 'host', hostByte: 1 } },
  'a transport that is busy': { read: 'EIO', testUnitReady: { kind: 'host', hostByte: 2 } },
  'a unit attention that stays': { testUnitReady: { ...SENSE, key: 6 } },
};

/** As one of the user's own is made one of the daemon's. */
const OWN = guardChecker(
  createSim(),
  {
    name: 'own',
    *check(path) {
      return typeof (yield* path.read(0, 4096)) === 'string' ? 'down' : 'up';
    },
  },
  () => undefined,
);
const ALL = [...CHECKERS, OWN];

const check = (name: string, disk: FakeDisk): CheckResult =>
  onHost(disk, (context) => {
    const checker = ALL.find((one) => one.name === name);
    if (checker === undefined) throw new Error(name);
    return checker.check({ ...context, timeout: 30 });
  });

describe.each(ALL)('contract of $name', ({ name, asynchronous }) => {
  it.each(Object.entries(DISKS))('says what it may of %s', (_what, disk) => {
    const { state, message } = check(name, disk);
    expect(STATES).toContain(state);
    expect(message.endsWith('\n')).toBe(false);
  });

  it('says the same of the same disk', () => {
    for (const disk of Object.values(DISKS)) expect(check(name, disk)).toEqual(check(name, disk));
  });

  it('is found by its name alone', () => {
    expect(ALL.filter((checker) => checker.name === name)).toHaveLength(1);
  });

  it('never says of a lost path that it is up', () => {
    // `none` asks nobody: the daemon believes sysfs then.
    if (name === 'none') return;
    expect(check(name, LOST).state).not.toBe('up');
  });

  it('is not up when it takes too long', () => {
    expect(asynchronous?.onTimeout.state).not.toBe('up');
  });
});

describe('tur', () => {
  it.each([
    ['good', { kind: 'good' }, 'up'],
    ['a reservation conflict', { kind: 'status', status: 0x18 }, 'up'],
    ['busy', { kind: 'status', status: 8 }, 'down'],
    ['standby', { kind: 'sense', key: 2, asc: 4, ascq: 0x0b }, 'ghost'],
    ['transitioning', { kind: 'sense', key: 2, asc: 4, ascq: 0x0a }, 'down'],
    ['not ready', { kind: 'sense', key: 2, asc: 0x3a, ascq: 0 }, 'down'],
    ['unit attention', { kind: 'sense', key: 6, asc: 0x29, ascq: 0 }, 'down'],
    ['no such ioctl', { kind: 'errno', errno: 'ENOTTY' }, 'wild'],
  ] as const)('%s', (_what, testUnitReady, state) => {
    expect(check('tur', { testUnitReady }).state).toBe(state);
  });
});

describe('readers of a block', () => {
  it.each(['directio', 'readsector0'])('%s believes the read, not TEST UNIT READY', (name) => {
    expect(check(name, { testUnitReady: { ...SENSE, key: 2 } }).state).toBe('up');
    expect(check(name, { read: 'EIO' }).state).toBe('down');
  });
});

describe('checkers that ask for a page', () => {
  const page = (bytes: Readonly<Record<number, number>>): Uint8Array => {
    const data = new Uint8Array(44);
    for (const [at, value] of Object.entries(bytes)) data[Number(at)] = value;
    return data;
  };

  it.each([
    [1, 'up'],
    [0, 'ghost'],
  ])('rdac: owned %d is %s', (owner, state) => {
    expect(check('rdac', { pages: { 0xc9: page({ 8: owner }) } }).state).toBe(state);
  });

  it.each([
    ['its owner', { 28: 4, 4: 2, 8: 2 }, 'up'],
    ['the other one', { 28: 4, 4: 2, 8: 1 }, 'ghost'],
    ['no failover mode', { 28: 1, 4: 2, 8: 2 }, 'down'],
    ['unbound', { 28: 4, 4: 0, 8: 0 }, 'shaky'],
  ])('emc_clariion: %s', (_what, bytes, state) => {
    expect(check('emc_clariion', { pages: { 0xc0: page(bytes) } }).state).toBe(state);
  });
});
