import type { Bio, BlockDevice } from '@dmsim/block';
import { addDisk, bioEndio, BLK_STS, createBlockDevice, createBlockLayer } from '@dmsim/block';
import type { Sim } from '@dmsim/sim';
import { after, createSim, micros, millis, random, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { HostFile } from '../block/host-file.ts';
import { createRawFile } from '../block/raw-file.ts';
import type { CreateVmOptions } from './create-vm.ts';
import type { Machine } from './machine.case.ts';
import { disk, drive, fault, machine } from './machine.case.ts';
import { resetDisk, unplugDisk } from './vm.ts';

describe('io-status', () => {
  const argv = [...drive(fault(0, 28, 8) + fault(1, 5, 64)), ...disk('werror=stop')];

  it('keeps the first error, as merged', () => {
    const m = machine(argv);
    m.submit(['a', 'write', 8], ['b', 'write', 64]);
    m.runFor(1);
    m.qmp('query-block');
    m.runFor(1);
    expect(m.heard.at(-1)).toBe('return nospace');
  });

  it('keeps the first error under the RFC of 2012 too, which raises only that of a job', () => {
    const m = machine(argv, { ioStatusRule: 'rfc' });
    m.submit(['a', 'write', 8], ['b', 'write', 64]);
    m.runFor(1);
    m.qmp('query-block');
    m.runFor(1);
    expect(m.heard.at(-1)).toBe('return nospace');
  });
});

const overtake = (seed: number): Machine => {
  const chooser = random(Math.imul(seed, 0x9e3779b1));
  const argv = [...drive(fault(0, 5, 8)), ...disk('werror=stop')];
  const m = machine(argv, {}, createSim({ chooser }));
  m.submit(['a', 'write', 8]);
  m.qmp('cont');
  m.runFor(10);
  return m;
};

describe('a cont that overtakes the stop', () => {
  const EVENTS = ['BLOCK_IO_ERROR stop', 'STOP', 'RESUME', 'return'];
  const runs = Array.from({ length: 60 }, (_, i) => overtake(i + 1)).filter(
    ({ heard }) => heard.join() === EVENTS.join(),
  );
  const overtaken = runs.filter(({ done }) => done.length === 0);

  it('looks like one that came after it', () => {
    expect(overtaken.length).toBeGreaterThan(0);
    expect(runs.length).toBeGreaterThan(overtaken.length);
  });

  it('leaves the request parked until the next real stop and cont', () => {
    for (const m of overtaken) {
      m.qmp('cont');
      m.runFor(10);
      expect(m.done).toEqual([]);
      m.qmp('stop');
      m.qmp('cont');
      m.runFor(10);
      expect(m.done).toEqual(['a ok']);
    }
  });
});

describe('retry while the VM is stopped', () => {
  const argv = [...drive(fault(0, 5, 8)), ...disk('werror=retry,retry_interval=200')];

  it('goes on, as recorded', () => {
    const m = machine(argv);
    m.submit(['a', 'write', 8]);
    m.runFor(50);
    m.qmp('stop');
    m.runFor(1000);
    expect(m.done).toEqual(['a ok']);
  });

  it('waits for the guest, as reviewed: resubmitted by cont at the latest', () => {
    const m = machine(argv, { retryMode: 'reviewed' });
    m.submit(['a', 'write', 8]);
    m.runFor(50);
    m.qmp('stop');
    m.runFor(1000);
    expect(m.done).toEqual([]);
    m.qmp('cont');
    m.runFor(1);
    expect(m.done).toEqual(['a ok']);
  });
});

describe('retry of what failed in the drain of a job', () => {
  const argv = [
    '-object',
    'throttle-group,id=tg0,x-iops-total=2',
    '-drive',
    'if=none,id=d0,format=raw,file.driver=throttle,file.throttle-group=tg0,file.file.driver=blkdebug,file.file.image.driver=null-co,file.file.image.size=8M,file.file.inject-error.0.event=none,file.file.inject-error.0.iotype=write,file.file.inject-error.0.sector=8,file.file.inject-error.0.once=on',
    ...disk('werror=retry,retry_interval=200'),
  ];
  const play = (options: CreateVmOptions): Machine => {
    const m = machine(argv, options);
    m.submit(['a', 'write', 8]);
    m.runFor(1);
    m.qmp('blockdev-add', { driver: 'null-co', 'node-name': 'dst', size: 8 << 20 });
    m.qmp('blockdev-mirror', { 'job-id': 'j', device: 'd0', target: 'dst', sync: 'none' });
    m.runFor(5000);
    return m;
  };

  it('hangs, as recorded', () => {
    expect(play({}).done).toEqual([]);
  });

  it('is resubmitted after the drain, as reviewed', () => {
    expect(play({ retryMode: 'reviewed' }).done).toEqual(['a ok']);
  });
});

const files = (): Map<string, HostFile> =>
  new Map([['s', createRawFile('s', new Uint8Array(1 << 20))]]);
const mirrorWithRetry = (options: CreateVmOptions): Machine => {
  const m = machine(['-blockdev', '{"driver":"file","node-name":"src","filename":"s"}'], options);
  m.qmp('blockdev-add', {
    driver: 'blkdebug',
    'node-name': 'dst',
    image: { driver: 'null-co', size: 1 << 20 },
    'inject-error': [{ event: 'none', iotype: 'write' }],
  });
  m.runFor(1);
  m.qmp('blockdev-mirror', {
    'job-id': 'j',
    device: 'src',
    target: 'dst',
    sync: 'full',
    'on-target-error': 'retry',
  });
  m.runFor(100);
  return m;
};

describe('a job with on-target-error=retry', () => {
  it('takes QEMU down at its first error, and says by name why', () => {
    const m = mirrorWithRetry({ files: files() });
    expect(m.vm.exit).toEqual({
      kind: 'aborted',
      signal: 6,
      why: "block job 'j': the job layer knows no action 'retry'",
    });
  });

  it('is refused, as reviewed', () => {
    const m = mirrorWithRetry({ files: files(), retryMode: 'reviewed' });
    expect(m.heard.at(-1)).toBe("error Parameter 'on-target-error' does not accept value 'retry'");
  });
});

describe('the retry timer of a disk in an iothread', () => {
  const argv = [
    '-object',
    'iothread,id=io0',
    ...drive(fault(0, 5, 8)),
    ...disk('iothread=io0,werror=retry,retry_interval=200'),
  ];

  it('stays with the main loop, as recorded, and moves along, as reviewed', () => {
    const recorded = machine(argv).vm.disks.at(0)?.blk;
    const reviewed = machine(argv, { retryMode: 'reviewed' }).vm.disks.at(0)?.blk;
    expect(recorded?.ctx.name).toBe('iothread io0');
    expect(recorded?.retry?.timer.ctx.name).toBe('main loop');
    expect(reviewed?.retry?.timer.ctx.name).toBe('iothread io0');
  });

  it('is gone with the disk', () => {
    const m = machine(argv);
    m.submit(['a', 'write', 8]);
    m.runFor(10);
    for (const disk of m.vm.disks.slice()) unplugDisk(m.vm, disk);
    expect(run(m.sim).kind).toBe('idle');
    expect(m.sim.now).toBeLessThan(millis(100));
    expect(m.done).toEqual([]);
  });
});

/** Loses its paths and gets them back. */
function lossyDevice(sim: Sim): { readonly device: BlockDevice; healthy: boolean } {
  const state = { healthy: true };
  const submit = (bio: Bio): void => {
    bio.status = state.healthy ? BLK_STS.OK : BLK_STS.TRANSPORT;
    after(sim, micros(50), 'path', () => bioEndio(bio));
  };
  const layer = createBlockLayer(sim);
  const device = createBlockDevice(layer, {
    major: 253,
    minor: 0,
    name: 'dm-0',
    capacity: 2048,
    submit,
  });
  addDisk(device);
  return Object.assign(state, { device });
}

describe('a disk on a block device of the host', () => {
  it('stops the VM when the paths are lost, and goes on with cont once they are back', () => {
    const sim = createSim();
    const below = lossyDevice(sim);
    const argv = [
      '-drive',
      'if=none,id=d0,format=raw,file=/dev/mapper/mpatha',
      ...disk('werror=stop'),
    ];
    const openBlockDevice = (path: string): BlockDevice | undefined =>
      path === '/dev/mapper/mpatha' ? below.device : undefined;
    const m = machine(argv, { openBlockDevice }, sim);
    below.healthy = false;
    m.submit(['a', 'write', 8]);
    m.runFor(10);
    expect(m.heard).toEqual(['BLOCK_IO_ERROR stop', 'STOP']);
    expect(m.vm.runState).toBe('io-error');
    below.healthy = true;
    m.qmp('cont');
    m.runFor(10);
    expect(m.done).toEqual(['a ok']);
  });
});

describe('a reset of a disk that works on a request while another is asked for', () => {
  it('begins that one before it waits, so that nothing of before the reset lands after it', () => {
    const sim = createSim();
    const below = lossyDevice(sim);
    const argv = ['-drive', 'if=none,id=d0,format=raw,file=/dev/mapper/m', ...disk('werror=stop')];
    const log: string[] = [];
    const m = machine(
      argv,
      {
        openBlockDevice: (path) => (path === '/dev/mapper/m' ? below.device : undefined),
        countHostIo: (change) => void log.push(change > 0 ? 'begun' : 'ended'),
      },
      sim,
    );
    log.length = 0;
    m.submit(['a', 'write', 8]);
    m.runFor(0.01);
    m.submit(['b', 'write', 8]);
    const [guestDisk] = m.vm.disks;
    if (guestDisk !== undefined) resetDisk(m.vm, guestDisk, () => log.push('reset'));
    m.runFor(10);
    expect(log).toEqual(['begun', 'begun', 'ended', 'ended', 'reset']);
    expect(m.done).toEqual(['a ok', 'b ok']);
  });
});

describe('write merging', () => {
  it('reports one event for each request that was merged', () => {
    const m = machine([...drive(fault(0, 5, 8)), ...disk('werror=report')]);
    m.submit(['a', 'write', 0], ['b', 'write', 8], ['c', 'write', 16]);
    m.runFor(1);
    expect(m.heard).toEqual(Array.from({ length: 3 }, () => 'BLOCK_IO_ERROR report'));
    expect(m.done).toEqual(['a ioerr', 'b ioerr', 'c ioerr']);
  });
});

describe('a reset of the machine', () => {
  it('pauses the processors until the disks have been reset, so that no request comes in between', () => {
    const m = machine([...drive(''), ...disk('werror=stop')]);
    m.vm.processorListeners.push((running) => m.heard.push(running ? 'run' : 'pause'));
    m.qmp('system_reset');
    m.runFor(10);
    expect(m.heard).toEqual(['pause', 'RESET', 'run', 'return']);
  });

  it('leaves those of a stopped machine alone', () => {
    const m = machine([...drive(''), ...disk('werror=stop')]);
    m.qmp('stop');
    m.runFor(10);
    m.vm.processorListeners.push((running) => m.heard.push(running ? 'run' : 'pause'));
    m.heard.length = 0;
    m.qmp('system_reset');
    m.runFor(10);
    expect(m.heard).toEqual(['RESET', 'return']);
  });
});
