import { expect, it } from 'vitest';

import { looksFormatted, probeReads } from './signature-probe.ts';

const shown = (size: number): string =>
  probeReads(size)
    .map(({ offset, length }) => `${offset}:${length}`)
    .join(' ');

// The reads that strace showed of blkdiscard, on empty files that passed for disks.
it.each([
  [512, '0:512'],
  [4096, '0:1024 1024:1024 0:1377 2048:1024'],
  [
    65536,
    '4096:1024 0:1024 16384:512 32768:512 3072:1024 7168:1024 15360:1024 31744:1024 64512:1024 1024:1024 32768:1024 0:1377 ' +
      '8192:1377 9728:512 18944:512 2048:1024',
  ],
  [
    67_109_376,
    '67043328:64 67100672:256 0:256 4096:256 67108864:512 66977792:512 67108352:48 67077120:24 66978816:24 66978304:24 67101184:24 ' +
      '66905088:24 66806784:24 66763776:24 66733056:24 66642944:24 66610688:24 66601984:24 66622464:24 65528832:24 67103744:4 ' +
      '4096:1024 0:1024 67105280:104 67105280:1392 1024:1024 16384:512 32768:512 65536:512 131072:512 262144:512 524288:512 ' +
      '1048576:512 2097152:512 4194304:512 1048576:1024 3072:1024 7168:1024 15360:1024 31744:1024 64512:1024 0:262144 ' +
      '262144:262144 66584576:262144 66846720:262144 2097152:1024',
  ],
])('reads a disk of %i bytes where libblkid does', (size, reads) => {
  expect(shown(size)).toBe(reads);
});

it('tells a partition table from the data of a lab', () => {
  const bytes = new Uint8Array(4096).fill(0x5a);
  expect(looksFormatted(bytes)).toBe(false);
  bytes.set([0x55, 0xaa], 510);
  expect(looksFormatted(bytes)).toBe(true);
});
