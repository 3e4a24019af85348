import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBio } from '../../bio.ts';
import type { BlockDevice } from '../../block-device.ts';
import { createBlockLayer, findDevice } from '../../block-device.ts';
import { REQ, REQ_OP } from '../../op.ts';
import { blkStatusToErrno } from '../../status.ts';
import { submitBio } from '../../submit-bio.ts';
import { scsiDeviceOf } from '../scsi-device-of.ts';
import type { ScsiDevice } from '../scsi-device.ts';
import { createScsiLayer } from '../scsi-layer.ts';
import { formatErrors, writeError } from './inject-error.ts';
import { loadScsiDebug } from './scsi-debug.ts';

function load({ delay = 0 } = {}) {
  const sim = createSim();
  const scsi = createScsiLayer(createBlockLayer(sim));
  loadScsiDebug(scsi, { add_host: 2, vpd_use_hostno: false, delay });
  const sda = findDevice(scsi.block, 8, 0) as BlockDevice;
  const path = scsiDeviceOf(sda) as ScsiDevice;
  let mark = sim.log.length;
  /** Reads sectors 8 … 15 and tells how it ended, how long it took, and what the log said. */
  const read = (flags = 0) => {
    const start = sim.now;
    let result = 'pending';
    let took = 0;
    const bio = createBio(sda, { op: REQ_OP.READ, sector: 8, nrSectors: 8, flags }, (done) => {
      result = blkStatusToErrno(done.status) ?? 'ok';
      took = sim.now - start;
    });
    submitBio(bio);
    run(sim);
    const log = sim.log.slice(mark).map((line) => line.text);
    mark = sim.log.length;
    return { result, took, log };
  };
  return { sim, path, read };
}

const failed = (result: string): string =>
  `sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=${result} driverbyte=DRIVER_OK cmd_age=0s`;
/** The log of a scsi_debug that is told to fail the abort and each reset. */
const eh = (opcode: string): string[] => [
  `sd 0:0:0:0: [sda] tag#0 fail abort command ${opcode}`,
  `sd 0:0:0:0: [sda] tag#0 fail lun reset ${opcode}`,
  `sd 0:0:0:0: [sda] tag#0 fail target reset ${opcode}`,
];
const CDB = 'sd 0:0:0:0: [sda] tag#0 CDB: Read(10) 28 00 00 00 00 08 00 00 08 00';
const error = (kind: string): string =>
  `${kind} error, dev sda, sector 8 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2`;

describe('error injection', () => {
  it.each([
    ['0x0 0x0 0x2 0x3 0x11 0x0', 'ENODATA', 'critical medium'],
    ['0x0 0x0 0x2 0x4 0x44 0x0', 'EREMOTEIO', 'critical target'],
    ['0x0 0x0 0x2 0x5 0x21 0x0', 'EREMOTEIO', 'critical target'],
    ['0x0 0x0 0x2 0x7 0x27 0x0', 'EREMOTEIO', 'critical target'],
    ['0x0 0x0 0x2 0x7 0x27 0x7', 'ENOSPC', 'critical space allocation'],
    ['0x0 0x0 0x2 0xe 0x1d 0x0', 'EREMOTEIO', 'critical target'],
    ['0x0 0x0 0x2 0x2 0x3a 0x0', 'EIO', 'I/O'],
    ['0x0 0x0 0x2 0x2 0x4 0x3', 'EIO', 'I/O'],
    ['0x0 0x0 0x18 0x0 0x0 0x0', 'EBADE', 'reservation conflict'],
    ['0x1 0x0 0x0 0x0 0x0 0x0', 'EIO', 'I/O'],
    ['0xf 0x0 0x0 0x0 0x0 0x0', 'ENOLINK', 'recoverable transport'],
  ])('ends the one command that comes back with %s with %s', (values, errno, kind) => {
    const { path, read } = load();
    expect(writeError(path, `2 -1 0x28 ${values}\n`)).toBeUndefined();
    const { result, log } = read();
    expect(result).toBe(errno);
    expect(log).toContain(error(kind));
    expect(read()).toEqual({ result: 'ok', took: 0, log: [] });
  });

  it.each([
    ['aborted command', '0x0 0x0 0x2 0xb 0x0 0x0'],
    ['medium error that may go away', '0x0 0x0 0x2 0x3 0x31 0x0'],
    ['bus busy', '0x2 0x0 0x0 0x0 0x0 0x0'],
    ['host error', '0x7 0x0 0x0 0x0 0x0 0x0'],
    ['soft error', '0xb 0x0 0x0 0x0 0x0 0x0'],
    ['transport disrupted', '0xe 0x0 0x0 0x0 0x0 0x0'],
  ])('tries %s five times more, then fails', (_what, values) => {
    const { path, read } = load();
    writeError(path, `2 -5 0x28 ${values}`);
    expect(read().result).toBe('ok');
    writeError(path, `2 -6 0x28 ${values}`);
    expect(read().result).toBe('EIO');
    expect(read().result).toBe('ok');
  });

  it('logs what Linux logs', () => {
    const { path, read } = load();
    writeError(path, '2 -1 0x28 0x0 0x0 0x2 0x4 0x44 0x0');
    expect(read().log).toEqual([
      failed('DID_OK'),
      'sd 0:0:0:0: [sda] tag#0 Sense Key : Hardware Error [current] ',
      'sd 0:0:0:0: [sda] tag#0 Add. Sense: Internal target failure',
      CDB,
      error('critical target'),
      'sd 0:0:0:0: [sda] tag#0 fail command 0x28 with hostbyte=0x0, driverbyte=0x0, statusbyte=0x2, sense_key=0x4, asc=0x44, asq=0x0',
    ]);
    writeError(path, '2 -1 0x28 0x0 0x0 0x2 0x9 0x80 0x0');
    expect(read().log).toContain('sd 0:0:0:0: [sda] tag#0 <<vendor>>ASC=0x80 ASCQ=0x0 ');
    writeError(path, '2 -1 0x28 0x0 0x0 0x2 0x6 0x29 0x0');
    expect(read()).toMatchObject({
      result: 'ok',
      log: [
        'sd 0:0:0:0: Power-on or device reset occurred',
        'sd 0:0:0:0: [sda] fail command 0x28 with hostbyte=0x0, driverbyte=0x0, statusbyte=0x2, sense_key=0x6, asc=0x29, asq=0x0',
        'sd 0:0:0:0: alua: transition timeout set to 60 seconds',
        'sd 0:0:0:0: alua: port group 100 state A non-preferred supports tolUSNA',
      ],
    });
  });

  it('gives a device that says "busy" time and serves it later', () => {
    const { path, read } = load();
    writeError(path, '2 -1 0x28 0x0 0x0 0x8 0x0 0x0 0x0');
    expect(read()).toMatchObject({ result: 'ok', took: 3e6 });
    writeError(path, '1 -1 0x28 0x1055');
    const { result, log } = read();
    expect(result).toBe('ok');
    expect(log).toEqual(['sd 0:0:0:0: [sda] tag#0 fail queue command 0x28 with 0x1055']);
  });

  it('retries no transport error of a caller that has other paths and says so for the driver', () => {
    const { path, read } = load();
    writeError(path, '2 -1 0x28 0x7 0x0 0x0 0x0 0x0 0x0');
    expect(read(REQ.FAILFAST_DRIVER).result).toBe('EIO');
  });

  it('refuses what it does not understand', () => {
    const { path } = load();
    const refused =
      '9 1 0x28|0 1|0 x 0x28|foo||2 1 0x28|2 1 0x28 0 0 2|- 9 0x28|- 0|-|1 1 0x28|0 +3 0x2a|0 0x10 0x2a|- 0 0x28';
    for (const text of refused.split('|'))
      expect([text, writeError(path, text)]).toEqual([text, 'EINVAL']);
    expect(formatErrors(path)).toBe('Type\tCount\tCommand\n');
  });

  it('lists what it holds as it can be written back, a new line for the same command in place of the old', () => {
    const { path } = load();
    for (const text of [
      '0 1 0xff',
      '0 1 0x28 5 6',
      '0 3 42',
      '2 1 0x28 0 0 2 3 0x11 0',
      '0 -7 0xff',
    ])
      expect(writeError(path, text)).toBeUndefined();
    expect(formatErrors(path)).toBe(
      'Type\tCount\tCommand\n0\t1\t0x28\n0\t3\t0x42\n2\t1\t0x28\t0x0 0x0 0x2 0x3 0x11 0x0\n0\t-7\t0xff\n',
    );
    expect(writeError(path, '- 0 0x42')).toBeUndefined();
    expect(formatErrors(path)).not.toContain('0x42');
  });
});

describe('a command that times out', () => {
  it('is aborted and tried again', () => {
    const { path, read } = load();
    writeError(path, '0 -1 0x28');
    expect(read()).toEqual({
      result: 'ok',
      took: 30.008e9,
      log: ['sd 0:0:0:0: [sda] tag#0 timeout command 0x28'],
    });
    expect(path.ioTimeouts).toBe(1);
    expect(path.state).toBe('running');
  });

  it('takes its device offline when resets bring back a device that never serves', () => {
    const { path, read } = load();
    path.timeout = 2e9;
    writeError(path, '0 1 0x28');
    const { result, log } = read();
    expect(result).toBe('EIO');
    expect(path.state).toBe('offline');
    expect(log).toEqual([
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x28',
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x28',
      'sd 0:0:0:0: Power-on or device reset occurred',
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x28',
      'sd 0:0:0:0: alua: transition timeout set to 60 seconds',
      'sd 0:0:0:0: alua: port group 100 state A non-preferred supports tolUSNA',
      'sd 0:0:0:0: Power-on or device reset occurred',
      'sd 0:0:0:0: [sda] tag#0 Medium access timeout failure. Offlining disk!',
      'sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_TIME_OUT driverbyte=DRIVER_OK cmd_age=6s',
      CDB,
      error('I/O'),
      'sd 0:0:0:0: rejecting I/O to offline device',
      'sd 0:0:0:0: alua: rtpg failed, result 65536',
      'naa.33333330000007d0: no device found for rtpg',
    ]);
  });

  it('takes its device offline when no reset helps, and holds up the host all that time', () => {
    const { path, read } = load();
    path.timeout = 2e9;
    path.ehTimeout = 2e9;
    path.target.failReset = true;
    for (const text of ['0 1 0xff', '3 1 0xff', '4 1 0xff']) writeError(path, text);
    const { result, took, log } = read();
    expect(result).toBe('EIO');
    expect(path.state).toBe('offline');
    expect(Math.floor(took / 1e9)).toBe(46);
    expect(log).toEqual([
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x28',
      ...eh('0x28'),
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x0',
      ...eh('0x0'),
      'sd 0:0:0:0: [sda] tag#0 timeout command 0x0',
      ...eh('0x0'),
      'sd 0:0:0:0: Device offlined - not ready after error recovery',
      'sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_TIME_OUT driverbyte=DRIVER_OK cmd_age=46s',
      CDB,
      error('I/O'),
    ]);
  });

  it('is given up without resets past the deadline, but for that of the host', () => {
    const { path, read } = load();
    path.host.ehDeadline = 0;
    for (const text of ['0 -1 0x28', '3 -1 0x28']) writeError(path, text);
    expect(read()).toMatchObject({ result: 'ok', took: 40.008e9 });
  });
});
