// readme.test.ts — The README beside the labs has a row for each, and says how many there are.
import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { daemonLabNames, labNames } from './lab-runner.ts';

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');

it('has one row for each lab, and no other', () => {
  const rows = [...README.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
  expect(rows.toSorted()).toEqual([...labNames(), ...daemonLabNames()].toSorted());
});

it('counts the labs', () => {
  const [, all, withUdev] = /There are (\d+) here, (\d+) of/.exec(README) ?? [];
  expect([Number(all), Number(withUdev)]).toEqual([
    labNames().length + daemonLabNames().length,
    daemonLabNames().length,
  ]);
});
