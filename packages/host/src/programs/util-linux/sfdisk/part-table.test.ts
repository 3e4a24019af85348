import { describe, expect, it } from 'vitest';

import { createMachine } from '../../../create-machine.ts';
import { runLab } from '../../../run-lab.ts';

const SETUP = `truncate -s 16M odd; printf 'label: dos\\nlabel-id: 0x1\\n2049,100\\n5000,50\\n7098,10\\n30000,,,*\\n' | sfdisk -q odd
truncate -s 16M g; printf 'label: gpt\\nsize=2048, uuid=11111111-2222-3333-4444-000000000001\\nstart=8192, size=4096, name="data x", uuid=11111111-2222-3333-4444-000000000002\\n' | sfdisk -q g
`;

function output(text: string): string {
  let printed = '';
  const onOutput = (_fd: 1 | 2, bytes: Uint8Array): void => {
    printed += new TextDecoder().decode(bytes);
  };
  const { outcome } = runLab(createMachine(), { name: 'lab.sh', text: SETUP + text, onOutput });
  expect(outcome.kind).toBe('exited');
  return printed;
}

// The expectations are what sfdisk of util-linux 2.38.1 prints for these tables.
describe('sfdisk', () => {
  it('lists free ranges of a MiB and more, from whole MiBs on where they hold one', () => {
    expect(output('sfdisk -F odd'))
      .toBe(`Unpartitioned space odd: 13.04 MiB, 13673984 bytes, 26707 sectors
Units: sectors of 1 * 512 = 512 bytes
Sector size (logical/physical): 512 bytes / 512 bytes

Start   End Sectors  Size
 2149  4999    2851  1.4M
 5050  7097    2048    1M
 8192 29999   21808 10.6M
`);
  });

  it('adds a column to the usual ones', () => {
    expect(output('sfdisk -q -l -o +Attrs odd'))
      .toBe(`Device Boot Start   End Sectors  Size Id Type  Attrs
odd1         2049  2148     100   50K 83 Linux 
odd2         5000  5049      50   25K 83 Linux 
odd3         7098  7107      10    5K 83 Linux 
odd4   *    30000 32767    2768  1.4M 83 Linux    80
`);
  });

  it('lists the columns that are asked for, and nothing else when it is quiet', () => {
    expect(output('sfdisk -q -l -o device,Sectors,Name,UUID g')).toBe(`Device Sectors Name   UUID
g1        2048        11111111-2222-3333-4444-000000000001
g2        4096 data x 11111111-2222-3333-4444-000000000002
`);
  });

  it('says that a kind of table lacks a column', () => {
    expect(output('sfdisk -q -l -o Boot g 2>&1; echo $?')).toBe(
      'sfdisk: gpt unknown column: Boot\n1\n',
    );
  });
});
