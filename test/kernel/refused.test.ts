// Labs that need what is not simulated end by name, before a line could be wrong. What Linux printed stands beside each.
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { playLab } from './lab-runner.ts';

const folder = new URL('refused/', import.meta.url);

/** The words that the message must contain, by lab. Once dmsim prints Linux's answer, the lab moves up one folder. */
const NAMES: Readonly<Record<string, string>> = {
  // busybox lists them otherwise than losetup.
  'loop-devices': 'busybox: not supported: losetup -a',
  // Noise: Linux logs every command.
  'scsi-debug-driver-attributes': 'scsi_debug: not supported: opts=0x1',
  // A lab's file systems live in guests only.
  'refused-mount': 'mkfs.ext2: not supported',
};

const expectRefusal = (lab: string, name: string): void => {
  const { outcome } = playLab(lab);
  expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringContaining(name) });
};

const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const labs = readdirSync(folder).filter((file) => file.endsWith('.sh'));

it('knows what each lab is refused for', () => {
  expect(labs.map((file) => file.slice(0, -3)).toSorted()).toEqual(Object.keys(NAMES).toSorted());
});

describe.each(Object.entries(NAMES))('%s', (lab, name) => {
  it('is refused by name', () => expectRefusal(read(`${lab}.sh`), name));

  it('prints until then what Linux printed', () => {
    const { text } = playLab(read(`${lab}.sh`));
    const printed = text.replace(/^dmsim: .*\n/m, '');
    expect(read(`${lab}.expected`).startsWith(printed)).toBe(true);
  });
});

it.each([
  ['mkfs.ext4 /dev/sda', 'mkfs.ext4'],
  ['pvcreate /dev/sda', 'pvcreate'],
  ['ps -l', 'ps: not supported: -l'],
  ['lsblk -M', '-M'],
  ['rmmod dm_zero', 'the end of dm_zero'],
  ['dmsetup create s --table "0 8 snapshot 8:0 8:0 P 8"', 'target type snapshot'],
  ['modprobe dm-thin-pool', 'module dm_thin_pool'],
  ['dmsetup info -c -S "name=~a{2}"', '-S name=~a{2}'],
])('ends a lab at %j, which any Linux has', (command, name) => {
  expectRefusal(`modprobe scsi_debug dev_size_mb=8\n${command}; echo "went on"`, name);
});

it.each([
  ['DM_DISABLE_UDEV=1 multipath -ll', 'DM_DISABLE_UDEV=1 multipath'],
  ['DM_DISABLE_UDEV=1 multipathd', 'DM_DISABLE_UDEV=1 multipathd'],
  [
    `mkdir -p /etc/udev/rules.d; echo 'KERNEL=="sd*", SYMLINK+="mine"' > /etc/udev/rules.d/99-mine.rules; udevadm trigger; sleep 1`,
    'systemd-udevd: not supported: /etc/udev/rules.d/99-mine.rules (rules of your own)',
  ],
  [
    'mkdir -p /etc/udev/rules.d; ln -s /dev/null /etc/udev/rules.d/60-multipath.rules; udevadm trigger; sleep 1',
    'systemd-udevd: not supported: /etc/udev/rules.d/60-multipath.rules (rules of your own)',
  ],
])('ends a lab with udevd at %j', (command, name) => {
  expectRefusal(`#udev\nmodprobe scsi_debug dev_size_mb=8\n${command}; echo "went on"`, name);
});
