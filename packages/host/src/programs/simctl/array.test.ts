// array.test.ts — simctl array: the ports of an array refuse I/O as their state demands, it fails over, gives an address to another unit, takes turns.
import { describe, expect, it } from 'vitest';

import { createMachine } from '../../create-machine.ts';
import { runLab } from '../../run-lab.ts';

const TWO_PORTS =
  'modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0';
const TWO_VOLUMES =
  'modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=1 vpd_use_hostno=1 delay=0';
const TRY = `try() { dd if=/dev/zero of=/dev/$1 bs=4096 count=1 oflag=direct status=none 2> /dev/null && echo "$1 serves" || echo "$1 FAILS"; }`;

function lab(disks: string, script: string): string {
  let text = '';
  const { outcome, violations } = runLab(createMachine(), {
    name: 'lab.sh',
    text: `${disks}\n${TRY}\n${script}`,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  expect([outcome.kind, violations]).toEqual(['exited', []]);
  return text;
}

describe('the state of a port', () => {
  it.each([
    ['optimized', 'serves'],
    ['non-optimized', 'serves'],
    ['standby', 'FAILS'],
    ['unavailable', 'FAILS'],
    ['offline', 'FAILS'],
  ])('%s: %s, and the kernel knows once it has asked', (state, how) => {
    const text = lab(
      TWO_PORTS,
      `simctl array symmetric sda; try sda; simctl array state sda ${state}; try sda; try sdb
echo 1 > /sys/block/sda/device/rescan; sleep 1; cat /sys/block/sda/device/access_state; try sda`,
    );
    const shown = state.endsWith('optimized') ? `active/${state}` : state;
    expect(text).toBe(`sda serves\nsda ${how}\nsdb serves\n${shown}\nsda ${how}\n`);
  });

  it.each([
    ['active-passive', 'FAILS'],
    ['alua', 'serves'],
    ['symmetric', 'serves'],
  ])('follows the kind of the array: the other port of %s %s', (kind, how) => {
    expect(lab(TWO_PORTS, `simctl array ${kind} sdb; try sda; try sdb`)).toBe(
      `sda ${how}\nsdb serves\n`,
    );
  });

  it('is in transition while a controller fails over: I/O waits', () => {
    const text = lab(
      TWO_PORTS,
      `simctl array active-passive sda; simctl array failover sdb 5s
try sdb > /tmp/answer & sleep 4; echo "$(cat /tmp/answer) after 4 s"; wait; cat /tmp/answer; try sda`,
    );
    expect(text).toBe(' after 4 s\nsdb serves\nsda FAILS\n');
  });
});

it('another unit behind a disk gets its writes; the kernel learns its name by a rescan', () => {
  const text = lab(
    TWO_VOLUMES,
    `cat /sys/block/sda/device/wwid; simctl array remap sda sdb; cat /sys/block/sda/device/wwid
printf %-512s hello > /tmp/data; dd if=/tmp/data of=/dev/sda oflag=direct status=none 2>&1
head -c 5 /dev/sdb; echo; echo 1 > /sys/block/sda/device/rescan; cat /sys/block/sda/device/wwid`,
  );
  expect(text).toBe('naa.33333330000007d0\nnaa.33333330000007d0\nhello\nnaa.3333333000000fa0\n');
});

it('a lock follows the I/O, and a gateway that loses it again and again drops its connection', () => {
  const text = lab(
    TWO_PORTS,
    `simctl array lock sda 100ms; for d in sda sda sdb sda; do try $d; done; simctl array lock sda
simctl array lock sda 100ms 2; for i in 1 2 3; do try sda & try sdb & wait; done | sort | uniq -c | tr -s ' '`,
  );
  expect(text).toMatch(/^(sd[ab] serves\n){4}3\n(?: \d sd[ab] (serves|FAILS)\n)+$/);
  expect(text).toContain('FAILS');
});

describe('a call that is wrong says what it takes', () => {
  it.each([
    ['', 'takes what happens, and a disk'],
    ['alua', 'takes what happens, and a disk'],
    ['alua sdz', 'sdz: no such disk'],
    ['alua sda sdb', 'alua takes a disk'],
    ['explode sda', "explode: it can't do that"],
    ['state sda', 'state takes a disk and a state'],
    ['state sda tired', 'state takes a disk and a state'],
    ['failover sda soon', 'failover takes a disk, and a time such as 10s'],
    ['remap sda', 'remap takes a disk and another one'],
    ['lock sda 1', 'lock takes a disk, a time such as 200ms, and a number'],
    ['lock sda', 'sda: has no lock'],
  ])('simctl array %s', (args, message) => {
    expect(lab(TWO_PORTS, `simctl array ${args} 2>&1; echo $?`)).toMatch(
      new RegExp(
        `^simctl array: ${message.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}[^]*\\n[12]\\n$`,
      ),
    );
  });

  it('as does one for disks without port groups', () => {
    expect(lab(TWO_VOLUMES, 'simctl array alua sda 2>&1')).toBe(
      'simctl array: sda: has no port groups (modprobe scsi_debug vpd_use_hostno=0)\n',
    );
  });
});
