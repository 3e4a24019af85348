// Texts here are what dmsetup 1.02.185 printed on Linux 6.12.
import { describe, expect, it } from 'vitest';

import { programWorld } from '../../program-world.case.ts';
import type { ProgramWorld } from '../../program-world.case.ts';
import { REPORT_HELP } from './field-help.ts';

/** a (live), bb (suspended, a table in each slot, a uuid), d (no table). */
function three(): ProgramWorld {
  const w = programWorld();
  const create = (...words: string[]): void => void w.call(['dmsetup', 'create', ...words]);
  create('a', '--table', '0 100 linear 1:0 0');
  create('bb', '-u', 'UUID-b', '--table', '0 100 linear 1:1 0');
  create('d', '-n');
  w.call('dmsetup suspend bb');
  w.call(['dmsetup', 'load', 'bb', '-r', '--table', '0 10 zero']);
  return w;
}

const CASES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'Name             Maj Min Stat Open Targ Event  UUID                            ',
    'a                254   0 L--w    0    1      0                                 ',
    'bb               254   1 LIsw    0    1      0 UUID-b                          ',
    'd                254   2 ---w    0    0      0                                 ',
  ],
  '--noheadings': ['a:254:0:L--w:0:1:0:', 'bb:254:1:LIsw:0:1:0:UUID-b', 'd:254:2:---w:0:0:0:'],
  '--noheadings --separator / -o name,uuid': ['a/', 'bb/UUID-b', 'd/'],
  '--separator X -o name,uuid': ['NameXUUID', 'aX', 'bbXUUID-b', 'dX'],
  '-O -minor -o Name': [
    'Name            ',
    'd               ',
    'bb              ',
    'a               ',
  ],
  '--nameprefixes --unquoted -o name,tables_loaded': [
    'Name Tables',
    'DM_NAME=a DM_TABLES_LOADED=Live',
    'DM_NAME=bb DM_TABLES_LOADED=Both',
    'DM_NAME=d DM_TABLES_LOADED=None',
  ],
  '--nameprefixes --noheadings -o name,uuid': [
    "DM_NAME='a':DM_UUID=''",
    "DM_NAME='bb':DM_UUID='UUID-b'",
    "DM_NAME='d':DM_UUID=''",
  ],
  '--rows -o name,minor': ['Name a bb d', 'Min 0 1 2'],
  '--rows --noheadings -o uuid': [':UUID-b:'],
  '-o deps_all': [
    '#Devs DevNosUsed       BlkDevNamesUsed ',
    '    1 1:0              ram0            ',
    '    1 1:1              ram1            ',
    '    0                                  ',
  ],
  '-o name,,readahead a': ['Name             RAhead', 'a                   256'],
  '-o suspended,readonly,devno -u UUID-b': [
    'Suspended Read-only DevNo',
    'Suspended Writeable 254:1',
  ],
  '--inactive -o segments,readonly bb': ['Targ Read-only', '   1 Read-only'],
};

describe('info -c', () => {
  it.each(Object.entries(CASES))('%s', (words, lines) => {
    const { out } = three().call(['dmsetup', 'info', '-c', ...words.split(' ').filter(Boolean)]);
    expect(out).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('lists all fields when one is unknown', () => {
    expect(three().call('dmsetup info -c -o name,nope')).toEqual({
      out: '',
      err: `${REPORT_HELP}Unrecognised field: nope\n`,
      status: 1,
    });
    expect(three().call('dmsetup info -c -O nope').err).toMatch(
      /dm_report: Unrecognised field: nope\n$/,
    );
  });

  it('lists them for help, too, and nothing else', () => {
    expect(three().call('dmsetup info -c -o name,help')).toEqual({
      out: '',
      err: REPORT_HELP,
      status: 0,
    });
  });

  it('goes on after a device that a field can not be told of, and fails', () => {
    const { out, err, status } = three().call('dmsetup info -c --noheadings -o blkdevname');
    expect({ out, status }).toEqual({ out: 'dm-0\ndm-1\n', status: 1 });
    expect(err).toBe(
      'Could not resolve block device name for 254:2.\n' +
        '_do_report_object: report function failed for field blkdevname\nCommand failed.\n',
    );
  });

  it('splits names of LVM volumes', () => {
    const split = (name: string): string =>
      programWorld().call(['dmsetup', 'splitname', '--noheadings', '--', name]).out;
    expect(split('vg--a-lv--b-real')).toBe('vg-a:lv-b:real\n');
    expect(split('a-b-c-d')).toBe('a:b:c\n');
    expect(split('a---b')).toBe('a-:b:\n');
  });
});
