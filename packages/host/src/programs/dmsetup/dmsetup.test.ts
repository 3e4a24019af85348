// Texts here are what dmsetup 1.02.185 printed on Linux 6.12.
import { describe, expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';
import { USAGE } from './usage.ts';

const ZERO = '0 10 zero';

const dmsetup = (words: string): string[] => ['dmsetup', ...words.split(' ')];
const create = (name: string, table = ZERO): string[] => [
  'dmsetup',
  'create',
  name,
  '--table',
  table,
];

describe('dmsetup', () => {
  it.each([
    ['', '', 1],
    ['nosuch', 'Unknown command.\n', 1],
    ['ls a', 'Incorrect number of arguments.\n', 1],
    ['message a', 'Incorrect number of arguments.\n', 1],
    ['help', '', 0],
    ['-h ls', '', 0],
  ])('"%s" explains itself', (words, why, status) => {
    const argv = words === '' ? ['dmsetup'] : dmsetup(words);
    expect(programWorld().call(argv)).toEqual({ out: '', err: why + USAGE, status });
  });

  it.each([
    ['--foo', "dmsetup: unrecognized option '--foo'"],
    ['-x ls', "dmsetup: invalid option -- 'x'"],
    ['-o', "dmsetup: option requires an argument -- 'o'"],
    ['--verbose', "dmsetup: option '--verbose' requires an argument"],
    ['--help=5', "dmsetup: option '--help' doesn't allow an argument"],
    ['--ma=x', "dmsetup: option '--ma=x' is ambiguous; possibilities: '--manglename' '--major'"],
    ['-m 1 info', 'Please specify both major number and minor number.'],
    ['ls --table x --notable', '--table and --notable are incompatible.'],
    ['--count -1 ls', 'Count must be zero or greater.'],
    ['ls -o foo', 'Option not recognised: foo.'],
    ['ls --tree -o ascii,foo', 'Tree options not recognised: foo.'],
  ])('refuses the line "%s"', (words, text) => {
    const { out, err, status } = programWorld().call(dmsetup(words));
    expect({ out, err, status }).toEqual({
      out: '',
      err: `${text}\nCouldn't process command line.\n`,
      status: 1,
    });
  });

  it.each([
    ['info x', 'Device does not exist.'],
    ['status x', 'Device does not exist.'],
    ['table x', 'device-mapper: table ioctl on x  failed: No such device or address'],
    ['deps x', 'device-mapper: deps ioctl on x  failed: No such device or address'],
    ['load x', 'device-mapper: reload ioctl on x  failed: No such device or address'],
    ['wait x', 'device-mapper: waitevent ioctl on x  failed: No such device or address'],
    ['remove -u U', 'device-mapper: remove ioctl on  U failed: No such device or address'],
    [
      'remove -j 254 -m 9',
      'device-mapper: remove ioctl on  (254:9) failed: No such device or address',
    ],
    ['suspend', 'No device specified.'],
    ['rename x a/b', 'Name "a/b" invalid. It contains "/".'],
    ['info /dev/nope', 'Device /dev/nope not found'],
    ['message x y a', 'Invalid sector.'],
    ['create', 'Please provide a name for the new device.'],
    ['create a /tmp/nope', "Couldn't open '/tmp/nope' for reading."],
    ['load', 'Please specify device.'],
    [
      'target-version nope',
      'device-mapper: target-version ioctl on nope  failed: Invalid argument',
    ],
  ])('fails "%s"', (words, text) => {
    const { err, status } = programWorld().call(dmsetup(words));
    expect({ err, status }).toEqual({ err: `${text}\nCommand failed.\n`, status: 1 });
  });

  it.each(['ls', 'info', 'status', 'table', 'deps', 'info -c', 'ls --tree', 'ls --target zero'])(
    'finds no devices with "%s"',
    (words) => {
      expect(programWorld().call(dmsetup(words)).out).toBe('No devices found\n');
    },
  );

  it('removes the device again when its table is refused', () => {
    const w = programWorld();
    expect(w.call(create('a', '0 10 linear 1:0')).err).toBe(
      'device-mapper: reload ioctl on a (254:0) failed: Invalid argument\nCommand failed.\n',
    );
    expect(w.call('dmsetup ls').out).toBe('No devices found\n');
  });

  it('says "name: " before each line of several devices, and stops at the first that fails', () => {
    const w = programWorld();
    w.call(create('a'));
    w.call(create('b', '0 5 zero\n5 5 error'));
    expect(w.call('dmsetup status a').out).toBe('0 10 zero \n');
    expect(w.call('dmsetup status').out).toBe('a: 0 10 zero \nb: 0 5 zero \nb: 5 5 error \n');
    expect(w.call('dmsetup status a nope b')).toEqual({
      out: 'a: 0 10 zero \n',
      err: 'Device does not exist.\nCommand failed.\n',
      status: 1,
    });
  });

  it('makes nodes with resume, moves them with rename, and takes them away with remove', () => {
    const w = programWorld();
    const nodes = (): string => w.call('ls /dev/mapper').out.replaceAll('\n', ' ');
    w.call('dmsetup create a --notable');
    w.call(['dmsetup', 'load', 'a', '--table', ZERO]);
    expect(nodes()).toBe('control ');
    w.call('dmsetup resume a');
    expect(nodes()).toBe('a control ');
    w.call('dmsetup rename a b');
    expect(nodes()).toBe('b control ');
    w.call('dmsetup remove b');
    expect(nodes()).toBe('control ');
  });

  it('shows what there is of a device without a table, and why it could not look further', () => {
    const w = programWorld();
    w.call('dmsetup create a -n -u UU');
    const { out, err } = w.call('dmsetup info a');
    expect(err).toBe('/dev/mapper/a: open failed: No such file or directory\n');
    expect(out).toBe(
      [
        'Name:              a',
        'State:             ACTIVE',
        'Tables present:    None',
        'Open count:        0',
        'Event number:      0',
        'Major, minor:      254, 0',
        'Number of targets: 0',
        'UUID: UU',
        '',
        '',
      ].join('\n'),
    );
  });

  it('gives names that udev would not keep to the kernel mangled, and shows them as they were', () => {
    const w = programWorld();
    w.call(create('a b'));
    expect(w.call('dmsetup ls').out).toBe('a b\t(254:0)\n');
    expect(w.machine.dm.cells.has(String.raw`a\x20b`)).toBe(true);
    expect(w.call(create(String.raw`a\x20b`)).err).toContain(String.raw`on a\x20b  failed`);
    expect(w.call(create(String.raw`a\x20 b`)).err).toContain('contains mixed mangled');
  });

  it('tries --retry 25 times, every 200 ms', () => {
    const w = programWorld();
    w.call(create('a'));
    w.call(create('b', '0 10 linear 254:0 0'));
    const before = w.machine.sim.now;
    const { err } = w.call('dmsetup remove --retry a');
    expect(err.match(/remove ioctl/g)).toHaveLength(25);
    expect(w.machine.sim.now - before).toBe(24 * 200e6);
  });

  it('shows the name that the device had when the wait began', () => {
    const w = programWorld();
    w.call(create('a'));
    const waiting = w.start('dmsetup wait -v a');
    w.settle();
    w.call('dmsetup rename a b');
    expect(waiting.result().out).toMatch(/^Name: {14}a\n.*\n.*\n.*\n.*\nEvent number: {6}1\n/);
  });
});
