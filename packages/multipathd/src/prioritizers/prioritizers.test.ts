import { createSim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { FakeDisk } from '../host.case.ts';
import { onHost } from '../host.case.ts';
import type { PortGroupState } from '../host.ts';
import { createLog } from '../log.ts';
import { createPath } from '../path.ts';
import { guardPrioritizer } from '../user-plugins/user-prioritizer.ts';
import { PRIORITIZERS } from './registry.ts';

const group = (state: PortGroupState['state'], preferred = false): FakeDisk => ({
  portGroup: { state, preferred },
});

/** As one of the user's own is made one of the daemon's. */
const OWN = guardPrioritizer(
  createSim(),
  { name: 'own', priority: ({ address }) => Number(address.split(':')[3]) - 2 },
  () => undefined,
);
const ALL = [...PRIORITIZERS, OWN];

function priority(name: string, disk: FakeDisk, args = ''): number {
  return onHost(disk, ({ host, process, dev }) => {
    const prioritizer = ALL.find((one) => one.name === name);
    if (prioritizer === undefined) throw new Error(name);
    const path = { ...createPath(dev, 5), serial: '2000' };
    return prioritizer.getPriority(path, {
      host,
      process,
      log: createLog(host.sim, 0, () => undefined),
      args,
    });
  });
}

const DISKS: Readonly<Record<string, FakeDisk>> = {
  'a plain disk': {},
  'a disk with groups': group('optimized'),
  'a disk in standby': { ...group('standby'), attributes: { access_state: 'standby' } },
  'a state nobody knows': { attributes: { access_state: 'tired' } },
};

describe.each(ALL)('contract of $name', ({ name }) => {
  it.each(Object.entries(DISKS))(
    'gives %s an integer, below zero if it does not know',
    (_what, disk) => {
      const value = priority(name, disk);
      expect(Number.isInteger(value)).toBe(true);
      expect(value).toBeGreaterThanOrEqual(-1);
    },
  );

  it('gives the same disk of the same machine the same number', () => {
    for (const disk of Object.values(DISKS)) {
      expect(priority(name, disk)).toBe(priority(name, disk));
    }
  });

  it('takes arguments it does not understand', () => {
    expect(Number.isInteger(priority(name, {}, 'what is this'))).toBe(true);
  });

  it('is found by its name alone', () => {
    expect(ALL.filter((prioritizer) => prioritizer.name === name)).toHaveLength(1);
  });
});

describe('alua', () => {
  it.each([
    ['optimized', 50],
    ['non-optimized', 10],
    ['lba-dependent', 5],
    ['standby', 1],
    ['unavailable', 0],
    ['offline', 0],
    ['transitioning', 0],
  ] as const)('%s is %d, and what the kernel says in sysfs counts the same', (state, expected) => {
    expect(priority('alua', group(state))).toBe(expected);
    const text = state.endsWith('optimized') ? `active/${state}` : state;
    expect(priority('sysfs', { attributes: { access_state: text } })).toBe(expected);
  });

  it('adds 80 for a preferred group, for an optimized one only when told', () => {
    expect(priority('alua', group('non-optimized', true))).toBe(90);
    expect(priority('alua', group('optimized', true))).toBe(50);
    expect(priority('alua', group('optimized', true), 'exclusive_pref_bit')).toBe(130);
  });
});

describe('weightedpath', () => {
  it.each([
    ['devname sd[b-z] 1 sda 7', 7],
    ['hbtl 0:.:.:. 3 1:.:.:. 4', 3],
    ['serial 2000 12', 12],
    ['devname sdq 5', 0],
    ['colour red 5', 0],
    ['', 0],
  ])('%s: %d', (args, expected) => {
    expect(priority('weightedpath', {}, args)).toBe(expected);
  });
});
