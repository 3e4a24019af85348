import { createSim, run } from '@dmsim/sim';
import type { Sim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBio } from '../../bio.ts';
import type { BlockDevice } from '../../block-device.ts';
import { closeDevice, createBlockLayer, findDevice, openDevice } from '../../block-device.ts';
import type { ReqOp } from '../../op.ts';
import { REQ_OP } from '../../op.ts';
import type { BlkStatus } from '../../status.ts';
import { blkStatusToErrno } from '../../status.ts';
import { submitBio } from '../../submit-bio.ts';
import { removeDevice } from '../remove-device.ts';
import { scsiDeviceOf } from '../scsi-device-of.ts';
import type { ScsiDevice } from '../scsi-device.ts';
import { setDeviceState } from '../scsi-device.ts';
import type { ScsiHost } from '../scsi-host.ts';
import { writeScan } from '../scsi-host.ts';
import type { ScsiLayer } from '../scsi-layer.ts';
import { createScsiLayer } from '../scsi-layer.ts';
import type { ScsiDebugParams } from './scsi-debug.ts';
import { changeHosts, loadScsiDebug } from './scsi-debug.ts';

interface World {
  readonly sim: Sim;
  readonly scsi: ScsiLayer;
  readonly module: ReturnType<typeof loadScsiDebug>;
}

function load(params: Partial<ScsiDebugParams> = {}): World {
  const sim = createSim();
  const scsi = createScsiLayer(createBlockLayer(sim));
  const module = loadScsiDebug(scsi, {
    add_host: 2,
    per_host_store: false,
    vpd_use_hostno: false,
    delay: 0,
    ...params,
  });
  return { sim, scsi, module };
}

const names = ({ scsi }: World): string[] =>
  [...scsi.block.devices.values()].map((d) => d.name).toSorted();

function disk(world: World, name: string): BlockDevice {
  const found = [...world.scsi.block.devices.values()].find((d) => d.name === name);
  if (found === undefined) throw new Error(`${name} is there`);
  return found;
}

const path = (world: World, name: string): ScsiDevice =>
  scsiDeviceOf(disk(world, name)) as ScsiDevice;

interface Io {
  status: BlkStatus | null;
}

function submit(
  dev: BlockDevice,
  op: ReqOp,
  {
    sector,
    nrSectors = 8,
    data = null,
  }: { readonly sector: number; readonly nrSectors?: number; readonly data?: Uint8Array | null },
): Io {
  const io: Io = { status: null };
  submitBio(
    createBio(dev, { op, sector, nrSectors, data }, (bio) => {
      io.status = bio.status;
    }),
  );
  return io;
}

/** How a read ends: an errno, 'ok', or 'pending' when nothing more happens to it. */
function read(world: World, name: string, sector: number, nrSectors = 8): string {
  const io = submit(disk(world, name), REQ_OP.READ, { sector, nrSectors });
  run(world.sim);
  return outcome(io);
}

const outcome = ({ status }: Io): string =>
  status === null ? 'pending' : (blkStatusToErrno(status) ?? 'ok');

const log = ({ sim }: World, from = 0): string[] => sim.log.slice(from).map((line) => line.text);

describe('a scsi_debug disk that fails', () => {
  it('refuses I/O while offline, says so once, and serves again when it is running', () => {
    const world = load();
    const mark = world.sim.log.length;
    expect(setDeviceState(path(world, 'sda'), 'offline')).toBeUndefined();
    expect(read(world, 'sda', 0)).toBe('EIO');
    expect(read(world, 'sda', 8)).toBe('EIO');
    expect(log(world, mark)).toEqual([
      'sd 0:0:0:0: rejecting I/O to offline device',
      'I/O error, dev sda, sector 0 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2',
      'I/O error, dev sda, sector 8 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2',
    ]);
    expect(read(world, 'sdb', 0)).toBe('ok');
    setDeviceState(path(world, 'sda'), 'running');
    expect(read(world, 'sda', 0)).toBe('ok');
  });

  it('cannot be opened while offline', () => {
    const world = load();
    setDeviceState(path(world, 'sda'), 'offline');
    expect(openDevice(disk(world, 'sda'))).toBe('ENXIO');
  });

  it('lets I/O in flight end as it would have when it goes offline', () => {
    const world = load({ delay: 1 });
    const io = submit(disk(world, 'sda'), REQ_OP.READ, { sector: 0 });
    setDeviceState(path(world, 'sda'), 'offline');
    run(world.sim);
    expect(outcome(io)).toBe('ok');
  });

  it('holds I/O while blocked until it is running', () => {
    const world = load();
    setDeviceState(path(world, 'sda'), 'blocked');
    const io = submit(disk(world, 'sda'), REQ_OP.READ, { sector: 0 });
    run(world.sim);
    expect(outcome(io)).toBe('pending');
    setDeviceState(path(world, 'sda'), 'running');
    run(world.sim);
    expect(outcome(io)).toBe('ok');
  });

  it('fails a read that touches a bad sector with ENODATA, as a whole', () => {
    const world = load({ opts: 2, medium_error_start: 100, medium_error_count: 8 });
    const mark = world.sim.log.length;
    expect(read(world, 'sda', 96, 16)).toBe('ENODATA');
    expect(log(world, mark)).toEqual([
      'sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s',
      'sd 0:0:0:0: [sda] tag#0 Sense Key : Medium Error [current] ',
      'sd 0:0:0:0: [sda] tag#0 Add. Sense: Unrecovered read error',
      'sd 0:0:0:0: [sda] tag#0 CDB: Read(10) 28 00 00 00 00 60 00 00 10 00',
      'critical medium error, dev sda, sector 96 op 0x0:(READ) flags 0x0 phys_seg 2 prio class 2',
    ]);
    expect(read(world, 'sda', 92)).toBe('ok');
    expect(read(world, 'sdb', 100)).toBe('ENODATA');
    expect(read(world, 'sdb', 108)).toBe('ok');
  });
});

describe('a scsi_debug disk that is unplugged', () => {
  it('keeps its name while someone holds it, and comes back under the next one', () => {
    const world = load();
    const sda = disk(world, 'sda');
    openDevice(sda);
    removeDevice(path(world, 'sda'));
    expect(names(world)).toEqual(['sdb']);
    expect(outcome(submit(sda, REQ_OP.READ, { sector: 0 }))).toBe('EIO');
    const host = world.scsi.hosts.get(0) as ScsiHost;
    writeScan(host, '- - -');
    expect(names(world)).toEqual(['sdb', 'sdc']);
    closeDevice(sda);
    removeDevice(path(world, 'sdc'));
    writeScan(host, '- - -');
    expect(names(world)).toEqual(['sda', 'sdb']);
    expect(findDevice(world.scsi.block, 8, 0)).toBe(disk(world, 'sda'));
  });

  it('ends what is in flight, fails what waits, and is deleted then', () => {
    const world = load({ delay: 1, max_queue: 1 });
    const [sda, sdev] = [disk(world, 'sda'), path(world, 'sda')];
    const ios = [0, 8].map((sector) => submit(sda, REQ_OP.READ, { sector }));
    const mark = world.sim.log.length;
    removeDevice(sdev);
    expect(sdev.state).toBe('cancel');
    run(world.sim);
    expect(ios.map(outcome)).toEqual(['ok', 'ENODEV']);
    expect(sdev.state).toBe('deleted');
    expect(log(world, mark)).toEqual([
      'sd 0:0:0:0: [sda] Synchronizing SCSI cache',
      'scsi 0:0:0:0: alua: Detached',
    ]);
  });

  it('refuses what scan does not understand', () => {
    const world = load();
    const host = world.scsi.hosts.get(0) as ScsiHost;
    for (const text of ['0 0', 'x y z', '- - - -', '1 0 0', '0 5 0'])
      expect([text, writeScan(host, text)]).toEqual([text, 'EINVAL']);
    expect(writeScan(host, '0 0 7')).toBeUndefined();
  });
});

describe('scsi_debug disks', () => {
  it('are paths to one unit: what is written on one is read on the other', () => {
    const world = load();
    const data = new Uint8Array(4096).fill(7);
    submit(disk(world, 'sda'), REQ_OP.WRITE, { sector: 16, data });
    run(world.sim);
    const back = new Uint8Array(4096);
    submit(disk(world, 'sdb'), REQ_OP.READ, { sector: 16, data: back });
    run(world.sim);
    expect(back).toEqual(data);
    expect(path(world, 'sda').unit).toBe(path(world, 'sdb').unit);
    expect(path(world, 'sdb').unit.wwid).toBe('naa.33333330000007d0');
  });

  it('are named and numbered as Linux does beyond sixteen', () => {
    const world = load({ add_host: 28 });
    expect(disk(world, 'sdq')).toMatchObject({ major: 65, minor: 0 });
    expect(disk(world, 'sdab')).toMatchObject({ major: 65, minor: 176 });
    changeHosts(world.module, -26);
    expect(names(world)).toEqual(['sda', 'sdb']);
  });

  it('take a jiffy for a command by default, and serve so many at a time', () => {
    const world = load({ delay: 1, max_queue: 2 });
    const ios = [0, 8, 16].map((sector) => submit(disk(world, 'sda'), REQ_OP.READ, { sector }));
    run(world.sim, { until: 4e6 });
    expect(ios.map(outcome)).toEqual(['ok', 'ok', 'pending']);
    run(world.sim);
    expect(world.sim.now).toBe(8e6);
  });

  it('say what Linux says when they are found', () => {
    expect(log(load({ add_host: 1 }))).toEqual([
      'scsi_debug:sdebug_driver_probe: scsi_debug: trim poll_queues to 0. poll_q/nr_hw = (0/1)',
      'scsi host0: scsi_debug: version 0191 [20210520]',
      '  dev_size_mb=8, opts=0x0, submit_queues=1, statistics=0',
      'scsi 0:0:0:0: Direct-Access     Linux    scsi_debug       0191 PQ: 0 ANSI: 7',
      'scsi 0:0:0:0: Power-on or device reset occurred',
      'scsi 0:0:0:0: alua: supports implicit TPGS',
      'scsi 0:0:0:0: alua: device naa.33333330000007d0 port group 100 rel port 1',
      'sd 0:0:0:0: [sda] 16384 512-byte logical blocks: (8.39 MB/8.00 MiB)',
      'sd 0:0:0:0: [sda] Write Protect is off',
      'sd 0:0:0:0: [sda] Mode Sense: 73 00 10 08',
      'sd 0:0:0:0: [sda] Write cache: enabled, read cache: enabled, supports DPO and FUA',
      'sd 0:0:0:0: [sda] permanent stream count = 5',
      'sd 0:0:0:0: [sda] Preferred minimum I/O size 512 bytes',
      'sd 0:0:0:0: [sda] Optimal transfer size 524288 bytes',
      'sd 0:0:0:0: Attached scsi generic sg0 type 0',
      'sd 0:0:0:0: [sda] Attached SCSI disk',
    ]);
  });
});
