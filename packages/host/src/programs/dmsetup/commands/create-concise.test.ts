// Texts here are what dmsetup 1.02.185 printed on Linux 6.12.
import { describe, expect, it } from 'vitest';

import { programWorld } from '../../program-world.case.ts';

describe('create --concise', () => {
  it('makes several devices, and table --concise says the same again', () => {
    const w = programWorld();
    const text = 'c1,,,,0 100 linear 1:0 0,100 50 zero; c2,U2,9, ro,0 10 error';
    expect(w.call(['dmsetup', 'create', '--concise', text]).status).toBe(0);
    expect(w.call('dmsetup table --concise').out).toBe(
      'c1,,0,rw,0 100 linear 1:0 0,100 50 zero ;c2,U2,9,ro,0 10 error \n',
    );
  });

  it('quotes with backslashes', () => {
    const w = programWorld();
    w.call(['dmsetup', 'create', '--concise', String.raw`a\,b\;c,,,,0 10 zero`]);
    expect(w.call('dmsetup table --concise').out).toBe(String.raw`a\,b\;c,,0,rw,0 10 zero ` + '\n');
  });

  it('reads standard input', () => {
    const w = programWorld();
    w.call('dmsetup create --concise', 'c4,,,,0 10 zero\n');
    expect(w.call('dmsetup ls').out).toBe('c4\t(254:0)\n');
  });

  it.each([
    [
      'c3',
      'Five comma-separated fields are required for each device\n' +
        'Parsed 1 fields: name: c3 uuid: (null) minor: (null) flags: (null) table: (null)',
    ],
    ['c3,,,xx,0 10 zero', "Invalid flags parameter 'xx' must be 'ro' or 'rw' or empty."],
    [
      'c3,,,,',
      'Incomplete entry: five comma-separated fields are required for each device\n' +
        'Parsed 5 fields: name: c3 uuid:  minor:  flags:  table: ',
    ],
    [',,,,0 10 zero', 'device-mapper: create ioctl on   failed: Invalid argument'],
  ])('refuses "%s"', (text, err) => {
    expect(programWorld().call(['dmsetup', 'create', '--concise', text])).toEqual({
      out: '',
      err: `${err}\nCommand failed.\n`,
      status: 1,
    });
  });
});
