// Labs with VMs. What stands beside each is what this simulator printed (`.out`), read against what QEMU does: real QEMU has
// no `qmp` and no `guest`. Most began as what a user of the simulator found to be wrong.
import { readdirSync, readFileSync } from 'node:fs';

import { random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { playLab } from '../kernel/lab-runner.ts';

const folder = new URL('labs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const labs = readdirSync(folder)
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.slice(0, -3));

describe('labs of VMs', { timeout: 60_000 }, () => {
  it.each(labs)('%s prints what stands beside it', async (name) => {
    const { text, outcome, violations } = playLab(read(`${name}.sh`));
    expect([outcome.kind, violations]).toEqual(['exited', []]);
    await expect(text).toMatchFileSnapshot(new URL(`${name}.out`, folder).pathname);
  });

  it('loses no request of a disk on an iothread, however its stop and its kicks interleave', () => {
    const lab = read('kick-after-stop-random-order.sh');
    for (let seed = 1; seed <= 40; seed++) {
      const { text, outcome } = playLab(lab, { chooser: random(seed) });
      expect([seed, outcome]).toEqual([seed, { kind: 'exited', status: 0 }]);
      expect(text).toContain('guest done');
    }
  });

  it('ends a lab by name that plugs a disk into a guest that runs', () => {
    const { outcome } = playLab(`truncate -s 1M a b
      qemu-system-x86_64 -daemonize -nodefaults -blockdev driver=file,node-name=a,filename=a -blockdev driver=file,node-name=b,filename=b \\
        -device virtio-scsi-pci -device scsi-hd,drive=a -qmp unix:/run/q,server=on,wait=off
      guest vm true; qmp /run/q '{"execute": "device_add", "arguments": {"driver": "scsi-hd", "drive": "b"}}'`);
    expect(outcome).toMatchObject({ kind: 'refused' });
  });

  it.each(['migrate', 'screendump', 'snapshot-save', 'netdev_add'])(
    'ends a lab by name that wants %s, which QEMU has and this simulator has not',
    (command) => {
      const { outcome } =
        playLab(`qemu-system-x86_64 -daemonize -nodefaults -qmp unix:/run/q,server=on,wait=off
      qmp /run/q '{"execute": "${command}"}'; echo not reached`);
      expect(outcome).toMatchObject({ kind: 'refused' });
      expect(JSON.stringify(outcome)).toContain(command);
    },
  );
});
