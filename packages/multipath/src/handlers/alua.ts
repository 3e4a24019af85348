// alua.ts — Target port groups as SPC defines them. Mirrors drivers/scsi/device_handler/scsi_dh_alua.c.
//
// The array decides alone which group is optimized (implicit ALUA), as scsi_debug does: SET TARGET PORT GROUPS is never
// sent. An activation only asks for the state of the path's group, and succeeds for a standby group too. What fails then
// is the first I/O: the SCSI layer knows the state now, refuses it, and the path fails with it.
import type { ScsiDevice } from '@dmsim/block';
import { activateGroup } from '@dmsim/block';
import { parseKernelUnsigned } from '@dmsim/dm';
import type { Nanos, Sim } from '@dmsim/sim';
import { createEvent, millis, schedule, seconds } from '@dmsim/sim';

import type { HardwareHandler, ScsiDhResult } from './hardware-handler.ts';
import { SCSI_DH } from './hardware-handler.ts';
import { reach } from './reach.ts';

/** How long to wait before a group in transition is asked again (ALUA_RTPG_RETRY_DELAY), and for how long it is asked (ALUA_FAILOVER_TIMEOUT). */
const RETRY_DELAY: Nanos = seconds(2);
const FAILOVER_TIMEOUT: Nanos = seconds(60);
/** How long to wait before a command to a blocked device is tried again. */
const BLOCKED_DELAY: Nanos = millis(100);

interface Activation {
  readonly sim: Sim;
  readonly dev: ScsiDevice;
  readonly done: (result: ScsiDhResult) => void;
  readonly expiry: Nanos;
}

function ask(activation: Activation): void {
  const { dev } = activation;
  if (reach(dev) === 'later') askLater(activation, BLOCKED_DELAY);
  else activateGroup(dev, (answered) => judge(activation, answered));
}

/** A background event, since asking changes nothing by itself. */
function askLater(activation: Activation, delay: Nanos): void {
  const event = createEvent('alua: rtpg', activation, ask, { background: true });
  schedule(activation.sim, event, delay);
}

function judge(activation: Activation, answered: boolean): void {
  const { sim, dev, done, expiry } = activation;
  if (!answered) return done(SCSI_DH.RES_TEMP_UNAVAIL);
  if (dev.accessState === 'offline') return done(SCSI_DH.DEV_OFFLINED);
  if (dev.accessState !== 'transitioning') return done(SCSI_DH.OK);
  if (sim.now >= expiry) return done(SCSI_DH.IO);
  return askLater(activation, RETRY_DELAY);
}

export const alua: HardwareHandler = {
  name: 'alua',
  // A disk that reports target port groups got the handler when it was found.
  attach: () => 'ENODEV',
  /** <optimize 0|1>, which matters only to arrays with explicit ALUA. */
  setParams(_dev, params) {
    const optimize = parseKernelUnsigned(params[0] ?? '');
    return params.length === 1 && (optimize === 0 || optimize === 1) ? undefined : 'EINVAL';
  },
  activate: (sim, dev, done) => ask({ sim, dev, done, expiry: sim.now + FAILOVER_TIMEOUT }),
};
