import { describe, expect, it } from 'vitest';

import { createMachine } from '../../create-machine.ts';
import { runLab } from '../../run-lab.ts';

function output(text: string): string {
  let printed = '';
  const onOutput = (_fd: 1 | 2, bytes: Uint8Array): void => {
    printed += new TextDecoder().decode(bytes);
  };
  const { outcome, violations } = runLab(createMachine(), { name: 'lab.sh', text, onOutput });
  expect([outcome.kind, violations]).toEqual(['exited', []]);
  return printed;
}

const SETUP = `modprobe brd rd_nr=2 rd_size=64
full() { seq 1 3000 | head -c 8192 > /tmp/in; dd if=/tmp/in of=$1 bs=8192 count=1 oflag=direct status=none; }
left() { dd if=$1 bs=8192 count=1 iflag=direct status=none | tr -d '\\0' | wc -c; }
`;

describe('blkdiscard', () => {
  it.each([
    ['blkdiscard', 'blkdiscard: no device specified'],
    ['blkdiscard /dev/nosuch', 'blkdiscard: cannot open /dev/nosuch: No such file or directory'],
    ['blkdiscard /tmp', 'blkdiscard: cannot open /tmp: Is a directory'],
    ['blkdiscard /dev/null', 'blkdiscard: /dev/null: not a block device'],
    [
      'blkdiscard -o 100 /dev/ram0',
      'blkdiscard: /dev/ram0: offset 100 is not aligned to sector size 512',
    ],
  ])('%s fails', (command, message) => {
    expect(output(`${SETUP}${command} 2>&1 | head -n 1`)).toBe(`${message}\n`);
  });

  it('takes the data of whole pages away, and says how much', () => {
    const text = `${SETUP}full /dev/ram0; blkdiscard -v -l 4096 /dev/ram0; left /dev/ram0; blkdiscard /dev/ram0; left /dev/ram0`;
    expect(output(text)).toBe('/dev/ram0: Discarded 4096 bytes from the offset 0\n4096\n0\n');
  });

  it('zeroes with writes where the disk has no command for it', () => {
    expect(
      output(`${SETUP}full /dev/ram0; blkdiscard -z -o 4096 -l 4096 /dev/ram0; left /dev/ram0`),
    ).toBe('4096\n');
  });

  it('reaches every stripe, each with its part', () => {
    const text = `${SETUP}dmsetup create s --table "0 16 striped 2 8 /dev/ram0 0 /dev/ram1 0"
full /dev/mapper/s; blkdiscard -o 4096 /dev/mapper/s; left /dev/mapper/s; left /dev/ram0; blkdiscard /dev/mapper/s; left /dev/mapper/s`;
    expect(output(text)).toBe('4096\n4096\n0\n');
  });

  it('is refused by a disk that has no discard', () => {
    const text = `modprobe scsi_debug delay=0\nblkdiscard /dev/sda 2>&1`;
    expect(output(text)).toBe(
      'blkdiscard: /dev/sda: BLKDISCARD ioctl failed: Operation not supported\n',
    );
  });
});
