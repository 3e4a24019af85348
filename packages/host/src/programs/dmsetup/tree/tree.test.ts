// Texts here are what dmsetup 1.02.185 printed on Linux 6.12.
import { describe, expect, it } from 'vitest';

import type { ProgramWorld } from '../../program-world.case.ts';
import { programWorld } from '../../program-world.case.ts';

/** d over c and a ram disk, c over a and b, b over a. */
function stacked(): ProgramWorld {
  const w = programWorld();
  const create = (name: string, table: string): void =>
    void w.call(['dmsetup', 'create', name, '--table', table]);
  create('a', '0 100 linear 1:0 0');
  w.call('dmsetup create n -n');
  create('b', '0 100 linear 254:0 0');
  create('c', '0 50 linear 254:0 0\n50 50 linear 254:2 0');
  create('d', '0 50 striped 2 5 254:3 0 1:1 0');
  return w;
}

const CASES: Readonly<Record<string, readonly string[]>> = {
  device: [
    'd (254:4)',
    ' |- (1:1)',
    ' `-c (254:3)',
    '    |-b (254:2)',
    '    |  `-a (254:0)',
    '    |     `- (1:0)',
    '    `-a (254:0)',
    '       `- (1:0)',
    'n (254:1)',
  ],
  inverted: [
    ' (1:0)',
    ' `-a (254:0)',
    '    |-b (254:2)',
    '    |  `-c (254:3)',
    '    |     `-d (254:4)',
    '    `-c (254:3)',
    '       `-d (254:4)',
    ' (1:1)',
    ' `-d (254:4)',
    'n (254:1)',
  ],
  compact: [
    'd (254:4)-+- (1:1)',
    '          `-c (254:3)-+-b (254:2)---a (254:0)--- (1:0)',
    '                      `-a (254:0)--- (1:0)',
    'n (254:1)',
  ],
  'nodevice,compact': ['d---c-+-b---a---a---n'],
  'blkdevname,nodevice,utf': [
    'd <dm-4>',
    ' ├─ <ram1>',
    ' └─c <dm-3>',
    '    ├─b <dm-2>',
    '    │  └─a <dm-0>',
    '    │     └─ <ram0>',
    '    └─a <dm-0>',
    '       └─ <ram0>',
    'n',
  ],
};

describe('ls --tree', () => {
  it.each(Object.entries(CASES))('-o %s', (options, lines) => {
    const { out } = stacked().call(['dmsetup', 'ls', '--tree', '-o', options]);
    expect(out).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('leaves a compact line open at a device without a name', () => {
    const w = programWorld();
    w.call(['dmsetup', 'create', 'a', '--table', '0 100 linear 1:0 0']);
    expect(w.call('dmsetup ls --tree -o compact,nodevice').out).toBe('a');
  });

  it('cuts lines at 80 columns', () => {
    const w = programWorld();
    for (const length of [72, 73]) {
      w.call(['dmsetup', 'create', 'x'.repeat(length), '--table', '0 10 zero']);
    }
    expect(w.call('dmsetup ls --tree').out).toBe(
      `${'x'.repeat(72)} (254:0)\n${'x'.repeat(73)} (254:...\n`,
    );
  });
});
