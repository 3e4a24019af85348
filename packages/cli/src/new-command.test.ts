import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMachine, runLab } from '@dmsim/host';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { newCommand } from './new-command.ts';
import { importUserCode, userSources } from './plugins/load-plugins.ts';
import { Refusal } from './refusal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-new-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('writes a selector that works as round-robin does', async () => {
  const file = join(folder, 'my-own.ts');
  expect(await newCommand.run(['selector', file])).toBe(0);
  const { selectors } = await importUserCode(await userSources({ selector: [file] }));
  expect(selectors.map(({ type }) => type.name)).toEqual(['my-own']);
  const machine = createMachine({ selectors });
  let output = '';
  const { outcome } = runLab(machine, {
    name: 'lab.sh',
    text: `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 0 0 1 1 my-own 0 2 0 8:0 8:16"
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=10 iflag=direct status=none
dmsetup status mp`,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  expect(output).toContain('8:0 A 0 0 8:16 A 0 0');
  const { sda, sdb } = Object.fromEntries(
    [...machine.layer.devices.values()].map(({ name, stats }) => [name, stats.read.ios]),
  );
  expect(sda).toBe(sdb);
});

it.each([
  ['checker', 'path_checker my-plugin\\n detect_checker no', '%c'],
  ['prioritizer', 'prio my-plugin\\n detect_prio no', '%p'],
] as const)('writes a %s that works', async (kind, setting, wildcard) => {
  const file = join(folder, kind, 'my-plugin.ts');
  mkdirSync(join(folder, kind));
  expect(await newCommand.run([kind, file])).toBe(0);
  const { plugins } = await importUserCode(await userSources({ [kind]: [file] }));
  const machine = createMachine({ plugins });
  let output = '';
  const { outcome } = runLab(machine, {
    name: 'lab.sh',
    text: `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\\n find_multipaths no\\n ${setting}\\n}\\n' > /etc/multipath.conf
multipathd; sleep 5
multipathd show paths raw format "%T ${wildcard}"`,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  expect(output.trim()).toBe(kind === 'checker' ? 'ready my-plugin' : 'ready 1');
});

it('writes a target that works as linear does', async () => {
  const file = join(folder, 'my-target.ts');
  expect(await newCommand.run(['target', file])).toBe(0);
  const { targets } = await importUserCode(await userSources({ target: [file] }));
  let output = '';
  const { outcome, violations } = runLab(createMachine({ targets }), {
    name: 'lab.sh',
    text: `modprobe brd rd_nr=1 rd_size=64
dmsetup create m --table "0 32 my-target /dev/ram0 8"
dmsetup table m
dmsetup status m
echo data | dd of=/dev/mapper/m conv=sync status=none
dd if=/dev/ram0 skip=8 count=1 status=none | head -1
dmsetup remove m
dmsetup create m --table "0 32 my-target /dev/ram0" 2>&1 | head -1`,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
  });
  expect(violations).toEqual([]);
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  expect(output).toBe(`0 32 my-target 1:0 8
0 32 my-target 
data
device-mapper: reload ioctl on m (254:0) failed: Invalid argument
`);
});

it('writes an invariant that bounds how long a suspend takes', async () => {
  const file = join(folder, 'in-time.ts');
  expect(await newCommand.run(['invariant', file])).toBe(0);
  const { invariants } = await importUserCode(await userSources({ invariant: [file] }));
  const brokenBy = (text: string): readonly string[] => {
    const lab = { name: 'lab.sh', text, onOutput: () => undefined };
    return runLab(createMachine({ invariants }), lab).violations.map(
      ({ invariant, message }) => `${invariant}: ${message}`,
    );
  };
  expect(brokenBy('dmsetup create z --table "0 8 zero"; dmsetup suspend z')).toEqual([]);
  const slow = `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create l --table "0 8 linear 8:0 0"
echo 1000 > /sys/bus/pseudo/drivers/scsi_debug/delay
dd if=/dev/mapper/l of=/dev/null bs=4096 count=1 iflag=direct & sleep 1
dmsetup suspend l`;
  expect(brokenBy(slow)).toEqual([
    expect.stringMatching(/^in-time: a suspend is over within two seconds: one took [\d.]+ s, at /),
  ]);
});

it.each([
  [[], 'new: what?'],
  [['module', 'x.ts'], 'new: what?'],
  [['target', 'a-name-too-long-for-dm.ts'], 'the name of a target has at most 15 letters'],
  [['selector'], 'new: which file?'],
  [['selector', 'x.txt'], 'x.txt: name the file like mine.ts'],
  [['selector', 'my own.ts'], 'my own.ts: name the file like mine.ts'],
  [['selector', 'nosuch/x.ts'], 'nosuch/x.ts: No such file or directory'],
])('refuses %j', (args, message) => {
  expect(() => newCommand.run(args)).toThrow(message);
});

it('leaves a file that is there as it is', () => {
  const file = join(folder, 'mine.ts');
  writeFileSync(file, 'precious');
  expect(() => newCommand.run(['selector', file])).toThrow(Refusal);
  expect(readFileSync(file, 'utf8')).toBe('precious');
});
