import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBio } from '../bio.ts';
import type { BlockDevice } from '../block-device.ts';
import { createBlockLayer, findDevice } from '../block-device.ts';
import { formatDiskStats } from '../disk-stats.ts';
import type { ReqOp } from '../op.ts';
import { REQ_OP } from '../op.ts';
import { rescanPartitions } from '../partition.ts';
import { startPlug } from '../plug.ts';
import { finishPlug } from '../run-queue.ts';
import type { ScsiDebugParams } from '../scsi/scsi-debug/scsi-debug.ts';
import { loadScsiDebug } from '../scsi/scsi-debug/scsi-debug.ts';
import { scsiDeviceOf } from '../scsi/scsi-device-of.ts';
import type { ScsiDevice } from '../scsi/scsi-device.ts';
import { createScsiLayer } from '../scsi/scsi-layer.ts';
import { blkStatusToErrno } from '../status.ts';
import { submitBio } from '../submit-bio.ts';
import { createRamDisks } from './brd.ts';
import type { NullBlkParams } from './null-blk.ts';
import { createNullDisks } from './null-blk.ts';

function io(
  dev: BlockDevice,
  op: ReqOp,
  { sector = 0, nrSectors = 8, data = null as Uint8Array | null } = {},
): string {
  let result = 'pending';
  submitBio(
    createBio(dev, { op, sector, nrSectors, data }, (bio) => {
      result = blkStatusToErrno(bio.status) ?? 'ok';
    }),
  );
  run(dev.layer.sim);
  return result;
}

const pattern = (sectors: number): Uint8Array =>
  Uint8Array.from({ length: sectors * 512 }, (_, i) => (i >> 9) + 1);

function ram(): BlockDevice {
  const layer = createBlockLayer(createSim());
  createRamDisks(layer, { count: 1, sizeKb: 4096 });
  return findDevice(layer, 1, 0) as BlockDevice;
}

function nullDisk(params: Partial<NullBlkParams> = {}): BlockDevice {
  const layer = createBlockLayer(createSim());
  createNullDisks(layer, params);
  return findDevice(layer, 252, 0) as BlockDevice;
}

function scsiDisk(params: Partial<ScsiDebugParams> = {}): BlockDevice {
  const layer = createBlockLayer(createSim());
  loadScsiDebug(createScsiLayer(layer), { delay: 0, ...params });
  return findDevice(layer, 8, 0) as BlockDevice;
}

/** Reads completed, sectors read, writes completed, sectors written, flushes. */
function counts(dev: BlockDevice): number[] {
  const n = formatDiskStats(dev.stats, dev.layer.sim.now).trim().split(/\s+/).map(Number);
  return [0, 2, 4, 6, 15].map((i) => n[i] ?? -1);
}

describe('a ram disk', () => {
  it('refuses what lies beyond its end', () => {
    expect(io(ram(), REQ_OP.READ, { sector: 8190 })).toBe('EIO');
  });

  it('keeps data, completes inside submit, and counts nothing', () => {
    const dev = ram();
    const data = pattern(8);
    expect(io(dev, REQ_OP.WRITE, { sector: 3, data })).toBe('ok');
    const back = new Uint8Array(4096);
    expect(io(dev, REQ_OP.READ, { sector: 3, data: back })).toBe('ok');
    expect(back).toEqual(data);
    expect(dev.layer.sim.events).toBe(0);
    expect(counts(dev)).toEqual([0, 0, 0, 0, 0]);
  });

  it('discards whole pages only', () => {
    const dev = ram();
    io(dev, REQ_OP.WRITE, { nrSectors: 24, data: pattern(24) });
    expect(io(dev, REQ_OP.DISCARD, { sector: 1, nrSectors: 16 })).toBe('ok');
    const back = new Uint8Array(24 * 512);
    io(dev, REQ_OP.READ, { nrSectors: 24, data: back });
    const nonZero = Array.from({ length: 24 }, (_, i) => back[i * 512] !== 0);
    expect(nonZero.indexOf(false)).toBe(8);
    expect(nonZero.lastIndexOf(false)).toBe(15);
  });

  it('is not made anew when the number of a partition is asked for that it lacks', () => {
    const layer = createBlockLayer(createSim());
    const [first] = createRamDisks(layer, { count: 1, maxPart: 4 });
    expect(findDevice(layer, 1, 1)).toBeUndefined();
    expect(findDevice(layer, 1, 0)).toBe(first);
    expect(findDevice(layer, 1, 9)).toBeUndefined();
    expect(findDevice(layer, 1, 8)?.name).toBe('ram2');
  });

  it('has no write zeroes', () => {
    expect(io(ram(), REQ_OP.WRITE_ZEROES)).toBe('EOPNOTSUPP');
  });
});

describe('a null disk', () => {
  it('refuses to discard without memory', () => {
    expect(io(nullDisk({ discard: true }), REQ_OP.DISCARD)).toBe('EOPNOTSUPP');
  });

  it('forgets what is written unless it has memory', () => {
    for (const memory_backed of [false, true]) {
      const dev = nullDisk({ memory_backed });
      io(dev, REQ_OP.WRITE, { data: pattern(8) });
      const back = new Uint8Array(4096).fill(9);
      io(dev, REQ_OP.READ, { data: back });
      expect(back[0]).toBe(memory_backed ? 1 : 0);
    }
  });

  it('takes the time it is told, as a timer', () => {
    const dev = nullDisk({ irqmode: 2, completion_nsec: 7000 });
    io(dev, REQ_OP.READ);
    expect(dev.layer.sim.now).toBe(7000);
  });

  it('serves a mebibyte as nine requests', () => {
    const dev = nullDisk({ gb: 1 });
    expect(counts(dev)).toEqual([3, 24, 0, 0, 0]);
    io(dev, REQ_OP.WRITE, { nrSectors: 2048 });
    expect(counts(dev)).toEqual([3, 24, 9, 2048, 0]);
  });

  it('has a request queue whatever mode is asked for', () => {
    const dev = nullDisk({ queue_mode: 0 });
    expect(dev.queue).not.toBeNull();
    io(dev, REQ_OP.READ);
    expect(counts(dev)).toEqual([4, 32, 0, 0, 0]);
  });
});

describe('a bio larger than a request', () => {
  it('ends with the error of the part that failed, after all parts were served', () => {
    const dev = scsiDisk({ opts: 2, medium_error_start: 130, medium_error_count: 1 });
    dev.limits = { ...dev.limits, maxSectors: 128 };
    const data = new Uint8Array(512 * 512);
    expect(io(dev, REQ_OP.READ, { nrSectors: 512, data })).toBe('ENODATA');
    expect(counts(dev)).toEqual([7, 536, 0, 0, 0]);
  });

  it('is split by max_sectors_kb, data and counts alike', () => {
    const dev = scsiDisk();
    io(dev, REQ_OP.WRITE, { nrSectors: 2048, data: pattern(2048) });
    expect(counts(dev)).toEqual([3, 24, 1, 2048, 0]);
    dev.limits = { ...dev.limits, maxSectors: 128 };
    const back = new Uint8Array(1048576);
    io(dev, REQ_OP.READ, { nrSectors: 2048, data: back });
    expect(counts(dev)).toEqual([19, 2072, 1, 2048, 0]);
    const written = pattern(2048);
    expect(back.findIndex((byte, i) => byte !== written[i])).toBe(-1);
  });
});

describe('a flush', () => {
  it('ends at once where there is no cache', () => {
    const dev = nullDisk();
    expect(io(dev, REQ_OP.FLUSH, { nrSectors: 0 })).toBe('ok');
    expect(counts(dev)).toEqual([3, 24, 0, 0, 0]);
  });

  it('is counted as a flush and as the write that asked for it', () => {
    const dev = scsiDisk();
    expect(io(dev, REQ_OP.FLUSH, { nrSectors: 0 })).toBe('ok');
    expect(counts(dev)).toEqual([3, 24, 1, 0, 1]);
  });
});

describe('a disk of scsi_debug that is larger than its medium', () => {
  it('begins anew behind the end of the medium, also within a write', () => {
    const dev = scsiDisk({ dev_size_mb: 8, virtual_gb: 1 });
    expect(io(dev, REQ_OP.WRITE, { sector: 16_380, data: pattern(8) })).toBe('ok');
    const back = new Uint8Array(4096);
    expect(io(dev, REQ_OP.READ, { data: back })).toBe('ok');
    expect([back[0], back[3 * 512], back[4 * 512]]).toEqual([5, 8, 0]);
    expect(io(dev, REQ_OP.READ, { sector: 3 * 16_384 - 4, data: back })).toBe('ok');
    expect(back).toEqual(pattern(8));
  });

  it('has nothing to discard there', () => {
    const dev = scsiDisk({ dev_size_mb: 8, virtual_gb: 1000, lbpu: true, lbprz: 2 });
    io(dev, REQ_OP.WRITE, { data: pattern(8) });
    expect(io(dev, REQ_OP.DISCARD, { sector: 16_384, nrSectors: 2 ** 30 })).toBe('ok');
    const back = new Uint8Array(4096);
    io(dev, REQ_OP.READ, { data: back });
    expect(back).toEqual(pattern(8));
  });
});

it('tells of partitions that reach beyond the disk, which end with it or are left out', () => {
  const dev = scsiDisk({ num_parts: 2 });
  const { sim } = dev.layer;
  const sizes = (capacity: number): number[] => {
    (scsiDeviceOf(dev) as ScsiDevice).unit.capacity = capacity;
    rescanPartitions(dev);
    return dev.partitions.map((part) => part.capacity);
  };
  expect(dev.partitions.map(({ partition }) => partition?.start)).toEqual([32, 7936]);
  const mark = sim.log.length;
  expect([sizes(8000), sizes(4000)]).toEqual([[7904, 64], [3968]]);
  const log = sim.log.slice(mark).map(({ text }) => text);
  expect(log.filter((text) => /^ sda:|EOD/.test(text))).toEqual([
    ' sda: sda1 sda2',
    'sda: p2 size 7904 extends beyond EOD, truncated',
    ' sda: sda1 sda2',
    'sda: p1 size 7904 extends beyond EOD, truncated',
    'sda: p2 start 7936 is beyond EOD, truncated',
  ]);
});

it('counts a discard that joined its neighbour', () => {
  const dev = scsiDisk({ lbpu: true });
  const spec = { op: REQ_OP.DISCARD, nrSectors: 8 };
  startPlug(dev.layer);
  for (const sector of [0, 8]) submitBio(createBio(dev, { ...spec, sector }, () => undefined));
  finishPlug(dev.layer);
  run(dev.layer.sim);
  const figures = formatDiskStats(dev.stats, dev.layer.sim.now).trim().split(/\s+/);
  expect(figures.slice(11, 14)).toEqual(['1', '1', '16']);
});
