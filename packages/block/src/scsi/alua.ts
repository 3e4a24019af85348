// alua.ts — Asymmetric access: what a path believes of its port group. Mirrors drivers/scsi/device_handler/scsi_dh_alua.c.
import type { Nanos } from '@dmsim/sim';
import { after, millis } from '@dmsim/sim';

import type { AccessState } from './logical-unit.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { isOnline, refreshHealth, sdevPrintk } from './scsi-device.ts';

/** Report Target Port Groups is sent this long after someone asked for it (ALUA_RTPG_DELAY_MSECS). */
const RTPG_DELAY: Nanos = millis(5);

const LETTERS: Readonly<Record<AccessState, string>> = {
  'active/optimized': 'A',
  'active/non-optimized': 'N',
  standby: 'S',
  unavailable: 'U',
  'lba-dependent': 'L',
  offline: 'O',
  transitioning: 'T',
};

/** At discovery. The access state is taken for optimized until someone asks. */
export function attachAlua(sdev: ScsiDevice): void {
  sdev.handler = 'alua';
  sdev.accessState = 'active/optimized';
  logPortGroup(sdev);
}

function logPortGroup(sdev: ScsiDevice): void {
  sdevPrintk(sdev, 'alua: supports implicit TPGS');
  sdevPrintk(
    sdev,
    `alua: device ${sdev.unit.wwid} port group ${sdev.portGroup.id.toString(16)} rel port 1`,
  );
}

/** A rescan looks at everything again, access state included. */
export function rescanAlua(sdev: ScsiDevice): void {
  logPortGroup(sdev);
  checkAccessState(sdev, () => undefined);
}

/**
 * Asks the array for the state of the path's port group; `done` is told whether the path answered. Mirrors alua_rtpg.
 */
export function checkAccessState(sdev: ScsiDevice, done: (answered: boolean) => void): void {
  after(sdev.queue.layer.sim, RTPG_DELAY, 'rtpg', () => {
    const answered = isOnline(sdev);
    if (answered) reportAccessState(sdev);
    else reportFailure(sdev);
    done(answered);
  });
}

function reportAccessState(sdev: ScsiDevice): void {
  sdev.accessState = sdev.portGroup.state;
  refreshHealth(sdev);
  const { id, preferred } = sdev.portGroup;
  const letter = LETTERS[sdev.accessState];
  sdevPrintk(
    sdev,
    `alua: port group ${id.toString(16)} state ${letter} ${preferred ? 'preferred' : 'non-preferred'} supports tolUSNA`,
  );
}

function reportFailure(sdev: ScsiDevice): void {
  if (!sdev.offlineAlready) {
    sdev.offlineAlready = true;
    sdevPrintk(sdev, 'rejecting I/O to offline device');
  }
  sdevPrintk(sdev, 'alua: rtpg failed, result 65536');
}
