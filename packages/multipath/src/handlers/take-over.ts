// take-over.ts — Older arrays, in which one controller owns a unit and a command moves it to another.
import type { ScsiDevice } from '@dmsim/block';
import { after } from '@dmsim/sim';

import type { HardwareHandler, ScsiDhResult } from './hardware-handler.ts';
import { SCSI_DH } from './hardware-handler.ts';
import { reach } from './reach.ts';

/** Makes this path's controller the only one that serves the unit. */
function takeOver(dev: ScsiDevice): ScsiDhResult {
  if (reach(dev) !== 'yes') return SCSI_DH.IO;
  if (dev.portGroup.state === 'active/optimized') return SCSI_DH.OK;
  for (const group of dev.unit.portGroups) group.state = 'standby';
  dev.portGroup.state = 'active/optimized';
  return SCSI_DH.OK;
}

/** The `activate` of a handler whose command takes effect at once. `command` names the event. */
export function activateByTakeOver(command: string): HardwareHandler['activate'] {
  return (sim, dev, done) => {
    after(sim, 0, command, () => done(takeOver(dev)));
  };
}
