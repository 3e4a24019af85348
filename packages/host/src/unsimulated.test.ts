// A program that Linux has and this machine lacks is named when it is used; one that exists nowhere is "not found".
import { describe, expect, it } from 'vitest';

import { createMachine } from './create-machine.ts';
import { runLab } from './run-lab.ts';

function run(text: string): { readonly outcome: unknown; readonly output: string } {
  const decoder = new TextDecoder();
  let output = '';
  const { outcome } = runLab(createMachine(), {
    name: '/lab.sh',
    text,
    onOutput: (_fd, bytes) => {
      output += decoder.decode(bytes, { stream: true });
    },
  });
  return { outcome, output };
}

describe('what is not simulated', () => {
  it.each([
    ['lsblk -M', 'lsblk'],
    ['ps -l', 'ps'],
    ['timeout 5 bc', 'bc'],
    ['busybox losetup -a', 'busybox'],
    ['/usr/sbin/lvs', 'lvs'],
    ['cat /sys/firmware/acpi/tables', '/sys/firmware'],
    ['cat /dev/mem', '/dev/mem'],
    ['cat /dev/kmsg', '/dev/kmsg'],
    ['for n in /dev/ttyS*; do cat $n; done', '/dev/ttyS0'],
    ['ls /usr/bin', '/usr/bin'],
    ['md5sum /bin/ls', '/usr/bin/ls'],
    ['rm /usr/sbin/dmsetup', '/usr/sbin/dmsetup'],
    ['. /etc/os-release', '/etc/os-release'],
    ['ls /etc', '/etc'],
    ['ls /lib/modules', '/usr/lib'],
    ['cat /proc/1/cmdline', '/proc/1'],
    ['readlink /proc/self/cwd', '/proc/101/cwd'],
    ['echo 100 > /proc/sys/vm/dirty_ratio', '/proc/sys/vm/dirty_ratio'],
    ['cat /proc/sys/kernel/sysrq', '/proc/sys/kernel/sysrq'],
    ['cat /sys/module/printk/parameters/time', '/sys/module/printk'],
  ])('%s ends the lab, and says so', (text, name) => {
    expect(run(`${text} || true; echo went on`)).toEqual({
      outcome: {
        kind: 'refused',
        message: expect.stringContaining(`/lab.sh:1: ${name}: not supported`),
      },
      output: '',
    });
  });

  it('does not include programs that exist nowhere', () => {
    const { outcome, output } = run('frobnicate; echo $?');
    expect(outcome).toEqual({ kind: 'exited', status: 0 });
    expect(output).toBe('/lab.sh: line 1: frobnicate: command not found\n127\n');
  });

  it('can be seen', () => {
    const { output } = run(
      'command -v lsblk; [ -d /sys/firmware ] && echo there; ls /sys/bus/scsi',
    );
    expect(output).toBe(
      '/usr/bin/lsblk\nthere\ndevices\ndrivers\ndrivers_autoprobe\ndrivers_probe\nuevent\n',
    );
  });
});
