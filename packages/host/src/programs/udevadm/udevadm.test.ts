// Texts here are what udevadm 252 printed on Linux 6.12.
import { sendSignal, SIGNALS } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

const HEADER = 'monitor will print the received events for:\nKERNEL - the kernel uevent\n\n';
const withoutTime = (text: string): string => text.replaceAll(/KERNEL\[\d+\.\d{6}\]/g, 'KERNEL[]');

describe('udevadm', () => {
  it.each([
    ['udevadm', 'Command verb required.\n'],
    ['udevadm foo', 'Unknown command verb foo.\n'],
    ['udevadm trigger nosuch', "Failed to open the device 'nosuch': Invalid argument\n"],
    ['udevadm trigger /dev/nosuch', "Failed to open the device '/dev/nosuch': No such device\n"],
    [
      'udevadm trigger --name-match=nosuch',
      "Failed to open the device 'nosuch': Invalid argument\n",
    ],
    ['udevadm trigger -c foo', "Unknown action 'foo'\n"],
    ['udevadm trigger -t bar', 'Unknown type --type=bar\n'],
    ['udevadm settle --foo', "settle: unrecognized option '--foo'\n"],
  ])('"%s" is wrong', (words, err) => {
    expect(programWorld().call(words)).toEqual({ out: '', err, status: 1 });
  });

  it('monitors until it is told to stop', () => {
    const w = programWorld();
    const monitor = w.start('udevadm monitor -k');
    w.settle();
    w.call(['dmsetup', 'create', 'a', '--table', '0 8 zero']);
    w.call('dmsetup remove a');
    sendSignal(monitor.process, SIGNALS.TERM);
    w.settle();
    const { out, status } = monitor.result();
    expect(status).toBe(0);
    expect(withoutTime(out)).toBe(
      `${HEADER}KERNEL[] add      /devices/virtual/bdi/254:0 (bdi)
KERNEL[] add      /devices/virtual/block/dm-0 (block)
KERNEL[] change   /devices/virtual/block/dm-0 (block)
KERNEL[] remove   /devices/virtual/block/dm-0 (block)
KERNEL[] remove   /devices/virtual/bdi/254:0 (bdi)
KERNEL[] remove   /devices/virtual/block/dm-0 (block)
`,
    );
  });

  it('shows variables: what was said with the event, then those of the device', () => {
    const w = programWorld();
    const monitor = w.start('udevadm monitor --kernel --property --subsystem-match=block');
    w.settle();
    w.call(['dmsetup', 'create', 'a', '--table', '0 8 zero']);
    const events = monitor.result().out.slice(HEADER.length).split('\n\n');
    expect(withoutTime(events[1] ?? '').replace(/SEQNUM=\d+/, 'SEQNUM=')).toBe(
      [
        'KERNEL[] change   /devices/virtual/block/dm-0 (block)',
        'ACTION=change',
        'DEVPATH=/devices/virtual/block/dm-0',
        'SUBSYSTEM=block',
        'DM_COOKIE=4390912',
        'DEVNAME=/dev/dm-0',
        'DEVTYPE=disk',
        'DISKSEQ=11',
        'SEQNUM=',
        'MAJOR=254',
        'MINOR=0',
      ].join('\n'),
    );
  });
});
