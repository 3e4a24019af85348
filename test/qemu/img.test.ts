// qemu-img and qemu-io in a lab: what stands beside it was recorded with Debian's qemu-utils 7.2.22, by running the lab itself.
import { readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { playLab } from '../kernel/lab-runner.ts';

const read = (name: string): string =>
  readFileSync(new URL(`img/${name}`, import.meta.url), 'utf8');

const labs = readdirSync(new URL('img/', import.meta.url))
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.slice(0, -3));

it.each(labs)('%s print what QEMU printed', (name) => {
  const { text, outcome } = playLab(read(`${name}.sh`));
  expect(text).toBe(read(`${name}.expected`));
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
});
