// The bytes on a QMP socket, and what a command line is refused with.
import { readFileSync } from 'node:fs';

import { connectQmp, createRawFile, createVm, feedQmp } from '@dmsim/qemu';
import type { HostFiles } from '@dmsim/qemu';
import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

const read = (name: string): any[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('qmp-wire.jsonl', () => {
  it('is answered byte for byte, time stamps masked', () => {
    const sim = createSim();
    const created = createVm(sim, ['qemu-system-x86_64', '-machine', 'none']);
    if (created.kind === 'refused') throw new Error(created.message);
    let out = '';
    const connection = connectQmp(created.vm, {
      onBytes: (bytes) => {
        out += String.fromCharCode(...bytes);
      },
    });
    for (const { sent, received } of read('qmp-wire.jsonl').slice(1)) {
      if (sent !== null) feedQmp(connection, Uint8Array.from(Buffer.from(sent, 'latin1')));
      run(sim);
      const masked = out.replaceAll(
        /"seconds": \d+, "microseconds": \d+/gu,
        '"seconds": S, "microseconds": U',
      );
      expect(masked).toBe(received);
      out = '';
    }
  });
});

const BASE = '-machine q35 -accel tcg -nodefaults -display none -S -monitor stdio'.split(' ');

describe('cmdline-options.jsonl', () => {
  it.each(read('cmdline-options.jsonl'))('$case', ({ args, accepted, stderr }) => {
    const created = createVm(createSim(), ['qemu-system-x86_64', ...BASE, ...args]);
    expect(created.kind).toBe(accepted === true ? 'created' : 'refused');
    expect(created.kind === 'refused' ? created.message : '').toBe(stderr);
  });

  const files = (): HostFiles =>
    new Map([['x.raw', createRawFile('x.raw', new Uint8Array(1 << 20))]]);

  it.each(read('cmdline-refusals.jsonl'))('$case', ({ args, accepted, stderr }) => {
    const argv = ['qemu-system-x86_64', ...BASE, ...args];
    const created = createVm(createSim(), argv, { files: files() });
    expect(created.kind === 'refused' ? created.message : '').toBe(stderr);
    expect(created.kind).toBe(accepted === true ? 'created' : 'refused');
  });

  it('refuses by name what is not simulated', () => {
    const created = createVm(createSim(), ['qemu-system-x86_64', '-device', 'virtio-gpu-pci']);
    expect(created).toEqual({
      kind: 'refused',
      message: 'qemu-system-x86_64: -device virtio-gpu-pci: virtio-gpu-pci: not simulated',
    });
    expect(createVm(createSim(), ['qemu-system-x86_64', '-tpmdev', 'x'])).toEqual({
      kind: 'refused',
      message: 'qemu-system-x86_64: -tpmdev: not simulated',
    });
  });
});
