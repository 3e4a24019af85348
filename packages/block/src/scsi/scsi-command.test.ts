import { createSim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { BioSpec } from '../bio.ts';
import { createBio } from '../bio.ts';
import type { BlockDevice } from '../block-device.ts';
import { createBlockLayer, findDevice } from '../block-device.ts';
import { REQ, REQ_OP } from '../op.ts';
import { provisioningAttributes } from './provisioning.ts';
import { formatCdb } from './scsi-command.ts';
import type { ScsiDebugParams } from './scsi-debug/scsi-debug.ts';
import { loadScsiDebug } from './scsi-debug/scsi-debug.ts';
import { scsiDeviceOf } from './scsi-device-of.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { createScsiLayer } from './scsi-layer.ts';

function sda(params: Partial<ScsiDebugParams> = {}): ScsiDevice {
  const scsi = createScsiLayer(createBlockLayer(createSim()));
  loadScsiDebug(scsi, params);
  return scsiDeviceOf(findDevice(scsi.block, 8, 0) as BlockDevice) as ScsiDevice;
}

const cdb = (sdev: ScsiDevice, spec: Pick<BioSpec, 'op' | 'flags'>): string => {
  const place = { sector: 2048, nrSectors: 8 };
  const bio = createBio(sdev.disk as BlockDevice, { ...spec, ...place }, () => undefined);
  return formatCdb(sdev, bio);
};

describe('the command of a SCSI disk', () => {
  it('has FUA in its second byte', () => {
    const spec = { op: REQ_OP.WRITE, flags: REQ.FUA };
    expect(cdb(sda(), spec)).toBe('Write(10) 2a 08 00 00 08 00 00 00 08 00');
  });

  it('is the long one for all of a disk whose end READ(10) can not address', () => {
    const bytes = '00 00 00 00 00 00 00 08 00 00 00 00 08 00 00';
    expect(cdb(sda({ virtual_gb: 2100 }), { op: REQ_OP.READ })).toBe(`Read(16) 88 ${bytes}`);
    expect(cdb(sda({ virtual_gb: 2047 }), { op: REQ_OP.READ })).toMatch(/^Read\(10\) 28 /);
  });

  it('has the range to unmap in its parameters, and their length in itself', () => {
    const text = 'Unmap/Read sub-channel 42 00 00 00 00 00 00 00 18 00';
    expect(cdb(sda({ lbpu: true }), { op: REQ_OP.DISCARD })).toBe(text);
  });

  it.each([
    ['writesame_16', 'Write same(16) 93 08 00 00 00 00 00 00 08 00 00 00 00 08 00 00'],
    ['writesame_10', 'Write Same(10) 41 08 00 00 08 00 00 00 08 00'],
    ['writesame_zero', 'Write Same(10) 41 00 00 00 08 00 00 00 08 00'],
  ])('discards in the way of provisioning_mode %s', (mode, text) => {
    const sdev = sda({ lbpu: true });
    provisioningAttributes['provisioning_mode']?.store?.(sdev, mode);
    expect(cdb(sdev, { op: REQ_OP.DISCARD })).toBe(text);
  });

  it('zeroes with WRITE SAME(16), and unmaps then only if it may', () => {
    const sdev = sda({ lbpu: true });
    provisioningAttributes['zeroing_mode']?.store?.(sdev, 'writesame_10_unmap');
    const op = REQ_OP.WRITE_ZEROES;
    expect(cdb(sdev, { op, flags: REQ.NOUNMAP })).toMatch(/^Write same\(16\) 93 00 /);
    expect(cdb(sdev, { op })).toMatch(/^Write Same\(10\) 41 08 /);
  });
});
