// modprobe.test.ts — modprobe -r, which the recorded machine does not have, says what kmod's does.
import { expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

it('unloads modules, and takes one that is not loaded for unloaded', () => {
  const { call, machine } = programWorld();
  expect(call('modprobe -r brd scsi_debug')).toEqual({ out: '', err: '', status: 0 });
  expect(machine.modules.has('brd')).toBe(false);
});

it('says which module is in use, and stops there', () => {
  const { call, machine } = programWorld();
  call(['dmsetup', 'create', 'm', '--table', '0 8 linear 1:0 0']);
  const { err, status } = call('modprobe --remove brd null-blk');
  expect([err, status]).toEqual(['modprobe: FATAL: Module brd is in use.\n', 1]);
  expect(machine.modules.has('brd')).toBe(true);
});

it('knows no module that nobody has, and refuses one that it can not unload', () => {
  const { call } = programWorld();
  expect(call('modprobe -r no-such').err).toBe('modprobe: FATAL: Module no_such not found.\n');
  expect(call('modprobe -r').err).toBe('modprobe: ERROR: missing parameters. See -h.\n');
  expect(() => call('modprobe -r loop')).toThrow('the end of loop');
  expect(() => call('modprobe -r --remove-holders brd')).toThrow('--remove-holders');
});
