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

it('takes flags and numbers as the kernel does', () => {
  const world = programWorld();
  world.call('modprobe -r brd');
  expect(world.call('modprobe null_blk memory_backed=Y discard=on gb=010 nosuch=3').status).toBe(0);
  const at = '/sys/module/null_blk/parameters';
  expect(world.call(`cat ${at}/memory_backed ${at}/discard ${at}/gb`).out).toBe('Y\nY\n8\n');
  expect(world.call('cat /sys/block/nullb0/size').out).toBe('16777216\n');
  expect(world.call('dmesg').out).toContain("null_blk: unknown parameter 'nosuch' ignored");
});

it.each([
  ['null_blk', 'irqmode', '3', 'Invalid argument'],
  ['null_blk', 'memory_backed', '5', 'Invalid argument'],
  ['null_blk', 'gb', '99999999999', 'Numerical result out of range'],
  ['scsi_debug', 'dev_size_mb', '0x1ffffffff', 'Numerical result out of range'],
  ['scsi_debug', 'add_host', '08', 'Invalid argument'],
])('refuses %s %s=%s', (module, name, text, why) => {
  const world = programWorld();
  expect(world.call(`modprobe ${module} ${name}=${text}`).err).toContain(why);
  expect(world.call('dmesg').out).toContain(
    `${module}: \`${text}' invalid for parameter \`${name}'`,
  );
});
