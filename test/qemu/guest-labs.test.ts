// The labs of whole stacks, from a path to a guest's file system. What stands beside each is what this simulator printed
// (`.out`), not a recording: no QEMU has werror=retry, and no Linux has `guest`.
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { playLab } from '../kernel/lab-runner.ts';

const folder = new URL('../../docs/labs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const labs = readdirSync(folder)
  .filter((name) => /^guest-.*\.sh$/.test(name))
  .map((name) => name.slice(0, -3));

describe('labs of guests', { timeout: 60_000 }, () => {
  it.each(labs)('%s prints what stands beside it', (name) => {
    const { text, outcome, violations } = playLab(read(`${name}.sh`));
    expect([outcome, violations]).toEqual([{ kind: 'exited', status: 0 }, []]);
    expect(text).toBe(read(`${name}.out`));
  });

  it('are the table and the story', () => {
    expect(labs).toEqual(expect.arrayContaining(['guest-array-down', 'guest-outages']));
  });
});
