import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBio } from '../bio.ts';
import type { BlockDevice } from '../block-device.ts';
import { createBlockLayer, findDevice } from '../block-device.ts';
import { REQ_OP } from '../op.ts';
import { blkStatusToErrno } from '../status.ts';
import { submitBio } from '../submit-bio.ts';
import type { FcLoss } from './fc-rport.ts';
import { createRport, losePort, returnPort, rportAttributes } from './fc-rport.ts';
import { loadScsiDebug } from './scsi-debug/scsi-debug.ts';
import { scsiDeviceOf } from './scsi-device-of.ts';
import type { ScsiDevice } from './scsi-device.ts';
import type { ScsiHost } from './scsi-host.ts';
import { createScsiLayer } from './scsi-layer.ts';

function load(tmo: { readonly fastIoFailTmo?: number; readonly devLossTmo?: number } = {}) {
  const sim = createSim();
  const scsi = createScsiLayer(createBlockLayer(sim));
  loadScsiDebug(scsi, { delay: 1 });
  const rport = createRport(scsi.hosts.get(0) as ScsiHost, {
    number: 1,
    target: 0,
    nodeName: '0x5000000000000001',
    portName: '0x5000000000000002',
    portId: '0x010200',
    ...tmo,
  });
  const sda = findDevice(scsi.block, 8, 0) as BlockDevice;
  const read = () => {
    const io = { result: 'pending', at: 0 };
    submitBio(
      createBio(sda, { op: REQ_OP.READ, sector: 0, nrSectors: 8 }, (bio) => {
        io.result = blkStatusToErrno(bio.status) ?? 'ok';
        io.at = sim.now;
      }),
    );
    return io;
  };
  return { sim, scsi, rport, sda, path: scsiDeviceOf(sda) as ScsiDevice, read };
}

describe('a remote port that goes away', () => {
  it('has its devices removed after dev_loss_tmo, and what they hold failed', () => {
    const { sim, scsi, rport, read } = load({ devLossTmo: 10 });
    const before = read();
    losePort(rport);
    const during = read();
    run(sim);
    expect(rport.portState).toBe('Not Present');
    expect([before.result, during.result]).toEqual(['EIO', 'EIO']);
    expect(before.at).toBe(10e9);
    expect(findDevice(scsi.block, 8, 0)).toBeUndefined();
    expect(sim.log.map((line) => line.text)).toContain(
      ' rport-0:0-1: blocked FC remote port time out: removing target and saving binding',
    );
  });

  it.each<[FcLoss, string]>([
    ['returned', 'EIO'],
    ['silent', 'ENOLINK'],
  ])('fails I/O after fast_io_fail_tmo (%s)', (loss, errno) => {
    const { sim, rport, path, read } = load({ fastIoFailTmo: 5, devLossTmo: 60 });
    const before = read();
    losePort(rport, loss);
    const during = read();
    run(sim, { until: 20e9 });
    expect(before).toEqual({ result: errno, at: 5e9 });
    expect(during).toEqual({ result: 'EIO', at: 5e9 });
    expect(path.state).toBe('transport-offline');
    expect(read().result).toBe('pending');
    run(sim, { until: 20e9 });
    returnPort(rport);
    expect(path.state).toBe('running');
    const after = read();
    run(sim);
    expect(after.result).toBe('ok');
  });

  it.each<FcLoss>(['returned', 'silent'])(
    'goes on where it was when it comes back in time (%s)',
    (loss) => {
      const { sim, rport, path, read } = load({ fastIoFailTmo: 5 });
      const before = read();
      losePort(rport, loss);
      const during = read();
      run(sim, { until: 3e9 });
      expect([path.state, before.result, during.result]).toEqual(['blocked', 'pending', 'pending']);
      returnPort(rport);
      run(sim);
      expect([path.state, before.result, during.result]).toEqual(['running', 'ok', 'ok']);
    },
  );

  it('is found anew when it comes back after dev_loss_tmo', () => {
    const { sim, scsi, rport, sda } = load({ devLossTmo: 1 });
    losePort(rport);
    run(sim);
    returnPort(rport);
    const again = findDevice(scsi.block, 8, 0);
    expect(again).toBeDefined();
    expect(again).not.toBe(sda);
  });

  it('does not change its time-outs while one runs, and keeps them in order', () => {
    const { rport } = load();
    const store = (name: string, text: string): string =>
      rportAttributes[name]?.store?.(rport, `${text}\n`) ?? 'ok';
    const show = (name: keyof typeof names): string => rportAttributes[name]?.show?.(rport) ?? '';
    const names = { dev_loss_tmo: 0, fast_io_fail_tmo: 0, port_state: 0 };
    expect(store('dev_loss_tmo', '601')).toBe('EINVAL');
    expect(store('fast_io_fail_tmo', '60')).toBe('EINVAL');
    expect(store('fast_io_fail_tmo', '5')).toBe('ok');
    expect(store('dev_loss_tmo', '2147483647')).toBe('ok');
    losePort(rport);
    expect(store('fast_io_fail_tmo', 'off')).toBe('EBUSY');
    expect([show('dev_loss_tmo'), show('fast_io_fail_tmo'), show('port_state')]).toEqual([
      '2147483647\n',
      '5\n',
      'Blocked\n',
    ]);
  });
});
