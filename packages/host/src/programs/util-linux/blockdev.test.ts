// Texts here are what blockdev of util-linux 2.38.1 printed.
import { describe, expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

const TRY = "Try 'blockdev --help' for more information.\n";

describe('blockdev', () => {
  it('answers in order, device by device', () => {
    const { out } = programWorld().call(
      'blockdev --getsz --getss --getpbsz --getbsz --getro --getra /dev/ram0 /dev/ram1',
    );
    expect(out).toBe('8192\n512\n4096\n4096\n0\n256\n'.repeat(2));
  });

  it('says what it answers with -v, except for --getsz', () => {
    const { out } = programWorld().call('blockdev -v --getsz --getss -q --getro /dev/ram0');
    expect(out).toBe('8192\nget logical block (sector) size: 512\n0\n');
  });

  it.each([
    ['blockdev', `blockdev: not enough arguments\n${TRY}`],
    ['blockdev --getsz', `blockdev: no device specified\n${TRY}`],
    ['blockdev --foo /dev/ram0', `blockdev: Unknown command: --foo\n${TRY}`],
    ['blockdev --getsz /dev/nope', 'blockdev: cannot open /dev/nope: No such file or directory\n'],
    ['blockdev --getsz /dev/null', 'blockdev: could not get device size\n'],
    [
      'blockdev --getra /dev/null',
      'blockdev: ioctl error on BLKRAGET: Inappropriate ioctl for device\n',
    ],
    ['blockdev --setra x /dev/ram0', "blockdev: failed to parse command argument: 'x'\n"],
  ])('%s fails', (words, err) => {
    expect(programWorld().call(words)).toEqual({ out: '', err, status: 1 });
  });

  it('remembers what it sets', () => {
    const w = programWorld();
    expect(w.call('blockdev -v --setro --setra 70 /dev/ram0').out).toBe(
      'set read-only succeeded.\nset readahead succeeded.\n',
    );
    expect(w.call('blockdev --getro --getra /dev/ram0').out).toBe('1\n64\n');
  });

  it('finds partitions nowhere', () => {
    const w = programWorld();
    expect(w.call('blockdev --rereadpt /dev/ram1').status).toBe(0);
    w.call(['dmsetup', 'create', 'a', '--table', '0 8 linear 1:0 0']);
    expect(w.call('blockdev --rereadpt /dev/ram0').err).toContain('Device or resource busy');
    expect(w.call('blockdev --rereadpt /dev/mapper/a').err).toContain('Invalid argument');
  });

  it('reports all devices, and goes on after one that is not there', () => {
    const { out, status } = programWorld().call('blockdev --report /dev/nope /dev/ram0');
    expect({ out, status }).toEqual({
      out:
        'RO    RA   SSZ   BSZ        StartSec            Size   Device\n' +
        'rw   256   512  4096               0         4194304   /dev/ram0\n',
      status: 0,
    });
  });
});
