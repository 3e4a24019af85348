// alua.ts — Target port groups as SPC defines them. Mirrors drivers/scsi/device_handler/scsi_dh_alua.c.
//
// The array decides alone which group is optimized (implicit ALUA), as scsi_debug does: SET TARGET PORT GROUPS is never
// sent, and an activation is two REPORT TARGET PORT GROUPS. It succeeds for a standby group too. What fails then is the
// first I/O: the SCSI layer refuses it, and the path with it.
import type { ScsiDevice } from '@dmsim/block';
import { parseKernelUnsigned } from '@dmsim/dm';
import type { Nanos, Sim } from '@dmsim/sim';
import { after, createEvent, millis, schedule, seconds } from '@dmsim/sim';

import type { HardwareHandler, ScsiDhResult } from './hardware-handler.ts';
import { SCSI_DH } from './hardware-handler.ts';
import { reach } from './reach.ts';

/** Activations that come together are served together (ALUA_RTPG_DELAY_MSECS). */
const RTPG_DELAY: Nanos = millis(5);
/** How often a group in transition is asked again (ALUA_RTPG_RETRY_DELAY), and for how long (ALUA_FAILOVER_TIMEOUT). */
const RETRY_DELAY: Nanos = seconds(2);
const FAILOVER_TIMEOUT: Nanos = seconds(60);
/** A command to a blocked device goes back to its queue for this long. */
const BLOCKED_DELAY: Nanos = millis(100);

interface Rtpg {
  readonly sim: Sim;
  readonly dev: ScsiDevice;
  readonly done: (result: ScsiDhResult) => void;
  readonly expiry: Nanos;
}

/** REPORT TARGET PORT GROUPS; while the group is in transition it is asked again. */
function reportTargetPortGroups(rtpg: Rtpg): void {
  const { sim, dev, done } = rtpg;
  switch (reach(dev)) {
    case 'no':
      return done(SCSI_DH.RES_TEMP_UNAVAIL);
    case 'later':
      return askAgain(rtpg, BLOCKED_DELAY);
    case 'yes':
      break;
  }
  if (dev.portGroup.state === 'offline') return done(SCSI_DH.DEV_OFFLINED);
  if (dev.portGroup.state !== 'transitioning') return done(SCSI_DH.OK);
  if (sim.now >= rtpg.expiry) return done(SCSI_DH.IO);
  return askAgain(rtpg, RETRY_DELAY);
}

/** A poll: asking changes nothing by itself. */
function askAgain(rtpg: Rtpg, delay: Nanos): void {
  const event = createEvent('alua: rtpg', rtpg, reportTargetPortGroups, { background: true });
  schedule(rtpg.sim, event, delay);
}

export const alua: HardwareHandler = {
  name: 'alua',
  attach: (dev) => (dev.unit.portGroups.length > 0 ? undefined : 'ENODEV'),
  /** <optimize 0|1>, which matters to arrays only that are told (explicit ALUA). */
  setParams(_dev, params) {
    const optimize = parseKernelUnsigned(params[0] ?? '');
    return params.length === 1 && (optimize === 0 || optimize === 1) ? undefined : 'EINVAL';
  },
  activate(sim, dev, done) {
    const rtpg = { sim, dev, done, expiry: sim.now + RTPG_DELAY + FAILOVER_TIMEOUT };
    after(sim, RTPG_DELAY, 'alua: rtpg', () => reportTargetPortGroups(rtpg));
  },
};
