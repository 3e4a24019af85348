import { createSim, describeEvent, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { connectQmp, feedQmp } from '../qmp/connection.ts';
import { createVm } from '../vm/create-vm.ts';

const argv = [
  'qemu-system-x86_64',
  '-object',
  'iothread,id=io',
  '-drive',
  'if=none,id=disk0,node-name=n,format=raw,file.driver=null-co,file.size=1M',
  '-device',
  'virtio-blk-pci,drive=disk0,iothread=io',
];

/** The options of each choice of a run, in words. */
function candidatesOf(): Set<string> {
  const seen = new Set<string>();
  const sim = createSim({
    chooser: {
      name: 'listens',
      seesAll: true,
      choices: [],
      pick: (events) => {
        for (const event of events) seen.add(describeEvent(event));
        return 0;
      },
      draw: () => 0,
    },
  });
  const created = createVm(sim, argv);
  if (created.kind === 'refused') return expect.fail(created.message);
  const { vm } = created;
  for (const disk of vm.disks) disk.model.start(disk, { flush: true });
  const monitor = connectQmp(vm, { onBytes: () => undefined });
  const tell = (text: string): void => feedQmp(monitor, new TextEncoder().encode(text));
  tell('{"execute":"qmp_capabilities"}{"execute":"query-block"}');
  const [disk] = vm.disks;
  disk?.model.submit(disk, [
    { op: 'write', sector: 0, bytes: 4096, data: null, done: () => undefined },
  ]);
  run(sim, { until: 1e6 });
  return seen;
}

describe('the steps of QEMU in a list of choices', () => {
  it('say what a thread does next', () => {
    const seen = candidatesOf();
    expect(seen).toContain('iothread io: kick of disk0');
    expect(seen).toContain('main loop: monitor runs query-block');
    expect([...seen].filter((text) => text.startsWith('step of'))).toEqual([]);
  });
});
