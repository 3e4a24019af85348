import { describe, expect, it } from 'vitest';

import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import { createPath } from '../path.ts';
import { GROUPING_POLICIES, groupPaths } from './group-paths.ts';

const path = (dev: string, fields: Partial<Path> = {}): Path => ({
  ...createPath(dev, 5),
  state: 'up',
  priority: 1,
  ...fields,
});

/** The groups, best first. */
function groups(policy: string, paths: Path[], splitMarginal = false): string[] {
  // Only a map's paths count here.
  const map = { paths, groups: [], groupingPolicy: policy } as unknown as Multipath;
  groupPaths(map, { splitMarginal });
  expect(map.paths).toEqual([]);
  return map.groups.map((group) => group.paths.map(({ dev }) => dev).join('+'));
}

const FOUR = (): Path[] => [
  path('sda', { priority: 50, serial: '1', targetNodeName: 'x' }),
  path('sdb', { priority: 10, serial: '1', targetNodeName: 'y' }),
  path('sdc', { priority: 50, serial: '2', targetNodeName: 'y' }),
  path('sdd', { priority: 10, serial: '2', targetNodeName: 'x' }),
];

describe.each(GROUPING_POLICIES)('contract of $name', ({ name, together }) => {
  it('puts every path into one group, and none into two', () => {
    expect(
      groups(name, FOUR())
        .flatMap((text) => text.split('+'))
        .toSorted(),
    ).toEqual(['sda', 'sdb', 'sdc', 'sdd']);
  });

  it('does not depend on which of two paths is asked about', () => {
    for (const a of FOUR()) for (const b of FOUR()) expect(together(a, b)).toBe(together(b, a));
  });

  it('makes no group of no paths', () => {
    expect(groups(name, [])).toEqual([]);
  });

  it('keeps marginal paths for the end when told', () => {
    const paths = FOUR();
    for (const first of paths.slice(0, 1)) first.marginal = true;
    expect(groups(name, paths, true).at(-1)).toBe('sda');
  });

  it('does not split when all are marginal', () => {
    const paths = FOUR();
    for (const one of paths) one.marginal = true;
    expect(groups(name, paths, true)).toEqual(groups(name, FOUR()));
  });
});

it.each([
  ['failover', ['sda', 'sdc', 'sdb', 'sdd']],
  ['multibus', ['sda+sdb+sdc+sdd']],
  ['group_by_serial', ['sda+sdb', 'sdc+sdd']],
  ['group_by_prio', ['sda+sdc', 'sdb+sdd']],
  ['group_by_node_name', ['sda+sdd', 'sdb+sdc']],
])('%s', (policy, expected) => {
  expect(groups(policy, FOUR())).toEqual(expected);
});

it('prefers the group with more usable paths among equals', () => {
  const paths = [
    path('sda', { serial: '1', state: 'down' }),
    path('sdb', { serial: '2' }),
    path('sdc', { serial: '2' }),
  ];
  expect(groups('group_by_serial', paths)).toEqual(['sdb+sdc', 'sda']);
});
