import { createSim, run, seconds } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBio } from '../bio.ts';
import type { BlockDevice } from '../block-device.ts';
import { createBlockLayer, findDevice } from '../block-device.ts';
import { REQ_OP } from '../op.ts';
import { blkStatusToErrno } from '../status.ts';
import { submitBio } from '../submit-bio.ts';
import { writeError } from './scsi-debug/inject-error.ts';
import { loadScsiDebug } from './scsi-debug/scsi-debug.ts';
import { scsiDeviceOf } from './scsi-device-of.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { createScsiLayer } from './scsi-layer.ts';

interface World {
  readonly path: ScsiDevice;
  /** How as many reads end that begin at the same time. */
  readonly read: (count?: number) => string[];
  readonly log: () => string[];
}

function world(...errors: string[]): World {
  const sim = createSim();
  const scsi = createScsiLayer(createBlockLayer(sim));
  loadScsiDebug(scsi);
  const disk = findDevice(scsi.block, 8, 0) as BlockDevice;
  const path = scsiDeviceOf(disk) as ScsiDevice;
  path.timeout = seconds(1);
  path.ehTimeout = seconds(1);
  for (const error of errors) writeError(path, error);
  const mark = sim.log.length;
  return {
    path,
    read(count = 1) {
      const results = Array.from({ length: count }, () => 'pending');
      for (const nth of results.keys()) {
        const spec = { op: REQ_OP.READ, sector: nth * 8, nrSectors: 8 };
        const bio = createBio(disk, spec, ({ status }) => {
          results[nth] = blkStatusToErrno(status) ?? 'ok';
        });
        submitBio(bio);
      }
      run(sim);
      return results;
    },
    log: () =>
      sim.log.slice(mark).map(({ text }) => text.replace(/^sd [\d:]+: (\[sda\] tag#\d+ )?/, '')),
  };
}

const RESET = 'Power-on or device reset occurred';
const TIMEOUT = 'timeout command 0x28';
const NO_ABORT = 'fail abort command 0x28';

describe('a recovery', () => {
  it('counts once against a disk, however many of its commands timed out', () => {
    const { path, read } = world('0 -4 0x28');
    expect(read(2)).toEqual(['ok', 'ok']);
    expect([path.state, path.ioTimeouts]).toEqual(['running', 4]);
  });

  it('does not count for a command whose abort failed', () => {
    const { path, read } = world('0 -2 0x28', '3 -1 0x28');
    expect(read()).toEqual(['ok']);
    expect(path.state).toBe('running');
  });

  it('counts no more once a command has ended, even badly', () => {
    const { path, read } = world('0 -9 0x28', '3 -9 0x28');
    path.maxRetries = 0;
    expect([...read(), ...read(), ...read()]).toEqual(['EIO', 'EIO', 'EIO']);
    expect(path.state).toBe('running');
  });

  it('resets more than the unit when that does not answer after its reset', () => {
    const { path, read, log } = world('0 -1 0x28', '3 -1 0x28', '0 -1 0x0');
    expect(read()).toEqual(['ok']);
    expect(log()).toEqual([TIMEOUT, NO_ABORT, 'timeout command 0x0', RESET, RESET]);
    expect(path.state).toBe('running');
  });

  it('makes the disk tell of each kind of reset, also of those that failed', () => {
    const { path, read, log } = world('0 -1 0x28', '3 -1 0x28', '4 -1 0x28');
    path.target.failReset = true;
    expect(read()).toEqual(['ok']);
    const failures = ['fail lun reset 0x28', 'fail target reset 0x28'];
    expect(log()).toEqual([TIMEOUT, NO_ABORT, ...failures, RESET, RESET]);
  });

  it('leaves a command the host byte that it came back with, but not the sense', () => {
    const { path, read, log } = world('2 -9 0x28 0x9 0 0 0 0 0');
    path.maxRetries = 1;
    expect(read()).toEqual(['EIO']);
    const lines = log();
    expect(lines.find((text) => text.startsWith('FAILED'))).toMatch('hostbyte=DID_BAD_INTR');
    expect(lines.filter((text) => text.includes('Sense'))).toEqual([]);
  });
});
