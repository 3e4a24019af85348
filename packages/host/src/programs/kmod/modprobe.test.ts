// modprobe.test.ts — modprobe -r, which the recorded machine does not have, says what kmod's does.
import { expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

it('unloads modules, and takes one that is not loaded for unloaded', () => {
  const world = programWorld();
  expect(world.call('modprobe -r brd scsi_debug')).toEqual({ out: '', err: '', status: 0 });
  expect(world.machine.modules.has('brd')).toBe(false);
});

it('says which module is in use, and stops there', () => {
  const world = programWorld();
  world.call(['dmsetup', 'create', 'm', '--table', '0 8 linear 1:0 0']);
  const { err, status } = world.call('modprobe --remove brd null-blk');
  expect([err, status]).toEqual(['modprobe: FATAL: Module brd is in use.\n', 1]);
  expect(world.machine.modules.has('brd')).toBe(true);
});

it('knows no module that nobody has, and refuses one that it can not unload', () => {
  const world = programWorld();
  expect(world.call('modprobe -r no-such').err).toBe(
    'modprobe: FATAL: Module no_such not found.\n',
  );
  expect(world.call('modprobe -r').err).toBe('modprobe: ERROR: missing parameters. See -h.\n');
  expect(() => world.call('modprobe -r loop')).toThrow('the end of loop');
  expect(() => world.call('modprobe -r --remove-holders brd')).toThrow('--remove-holders');
});
