import { connectQmp, createVm, feedQmp } from '@dmsim/qemu';
import type { Vm } from '@dmsim/qemu';
import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { Violation } from './violation.ts';
import { watchVm } from './watch-vm.ts';

interface Watched {
  readonly vm: Vm;
  readonly found: () => string[];
  readonly error: (operation: string, action: string) => void;
  readonly stop: (state: 'paused' | 'io-error') => void;
  readonly end: () => void;
}

/** A machine whose disk has these policies, which then says what it is told to say. */
function machineWith(policies: string): Watched {
  const argv = [
    'qemu-system-x86_64',
    '-drive',
    'if=none,id=d,node-name=n,format=raw,file.driver=null-co,file.size=1M',
    '-device',
    `virtio-blk-pci,drive=d,${policies}`,
  ];
  const created = createVm(createSim(), argv, { build: 'series' });
  if (created.kind === 'refused') return expect.fail(created.message);
  const { vm } = created;
  const violations: Violation[] = [];
  const watch = watchVm(vm, violations);
  return {
    vm,
    end: () => watch.end(),
    found: () => violations.map(({ invariant }) => invariant),
    error: (operation, action) =>
      vm.layer.emit('BLOCK_IO_ERROR', { device: 'd', 'node-name': 'n', operation, action }),
    stop(state) {
      vm.runState = state;
      vm.layer.emit('STOP');
    },
  };
}

describe('a virtual machine', () => {
  it('that does what its policies say and stops for it breaks nothing', () => {
    const { error, stop, end, found } = machineWith('werror=stop,rerror=report');
    error('read', 'report');
    error('write', 'stop');
    stop('io-error');
    error('write', 'stop');
    end();
    expect(found()).toEqual([]);
  });

  it('that does something else about an error is told of', () => {
    const { error, found } = machineWith('werror=stop,rerror=report');
    error('write', 'report');
    error('read', 'ignore');
    expect(found()).toEqual(
      Array.from({ length: 2 }, () => 'what is done about an error is what the policy says'),
    );
  });

  it('may give a retry up after its time-out, and never without one', () => {
    const patient = machineWith('werror=retry,rerror=retry');
    patient.error('write', 'report');
    expect(patient.found()).toHaveLength(1);
    const other = machineWith('werror=retry,rerror=retry,retry_timeout=500');
    other.error('write', 'report');
    expect(other.found()).toEqual([]);
  });

  it('that stops for an error without one is told of, and one that was told to stop is not', () => {
    const { vm, stop, found } = machineWith('werror=stop');
    stop('paused');
    vm.runState = 'running';
    stop('io-error');
    expect(found()).toEqual(['a virtual machine that stops for an error has had one']);
  });

  it('that never stops for its error is told of in the end, unless it was reset', () => {
    const { error, end, found } = machineWith('werror=stop');
    error('write', 'stop');
    end();
    expect(found()).toEqual(['a virtual machine stops when the policy says so']);
    const reset = machineWith('werror=stop');
    reset.error('write', 'stop');
    reset.vm.layer.emit('RESET');
    reset.end();
    expect(reset.found()).toEqual([]);
  });

  it('that begins I/O for its guest while it stands still is told of', () => {
    const { vm, stop, found } = machineWith('werror=stop');
    const begin = (): void => {
      for (const listener of vm.layer.kickListeners) listener();
    };
    begin();
    stop('paused');
    expect(found()).toEqual([]);
    begin();
    expect(found()).toEqual(['a stopped machine begins nothing for its guest']);
    vm.layer.emit('RESUME');
    begin();
    expect(found()).toHaveLength(1);
  });

  it('whose job does something else about an error than its policy says is told of', () => {
    const { vm, found } = machineWith('werror=stop');
    const monitor = connectQmp(vm, { onBytes: () => undefined });
    const tell = (execute: string, args: object): void =>
      feedQmp(monitor, new TextEncoder().encode(JSON.stringify({ execute, arguments: args })));
    tell('qmp_capabilities', {});
    tell('blockdev-add', { driver: 'null-co', 'node-name': 'to', size: 1 << 20 });
    tell('blockdev-mirror', {
      'job-id': 'job',
      device: 'd',
      target: 'to',
      sync: 'full',
      'on-target-error': 'stop',
    });
    run(vm.sim, { until: 1e6 });
    const fails = (operation: string, action: string): void =>
      vm.layer.emit('BLOCK_JOB_ERROR', { device: 'job', operation, action });
    fails('read', 'report');
    fails('write', 'stop');
    expect(found()).toEqual([]);
    fails('write', 'report');
    expect(found()).toEqual(['what a job does about an error is what its policy says']);
  });

  it('whose drained section is never ended is told of in the end', () => {
    const { vm, end, found } = machineWith('werror=stop');
    const node = vm.layer.nodes.get('n') ?? expect.fail('no node');
    node.sections++;
    node.quiesceCounter++;
    end();
    expect(found()).toEqual(['what a drained section silences speaks again']);
  });
});
