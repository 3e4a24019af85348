// sys-scsi.ts — /sys/block/sdX/device: a SCSI device's attributes. Mirrors drivers/scsi/scsi_sysfs.c.
import type { ScsiDevice, ScsiState } from '@dmsim/block';
import { removeDevice, setDeviceState } from '@dmsim/block';
import type { Directory } from '@dmsim/shell';
import { attributeFile } from '@dmsim/shell';
import type { Errno } from '@dmsim/sim';

import { fixedDirectory } from './kernel-directory.ts';

export function scsiDeviceDirectory(sdev: ScsiDevice): Directory {
  const { unit } = sdev;
  const text = (show: () => string | number) => () => attributeFile({ show: () => `${show()}\n` });
  return fixedDirectory({
    state: () =>
      attributeFile({
        show: () => `${sdev.state}\n`,
        *store(_process, value) {
          return storeState(sdev, value.trim());
        },
      }),
    delete: () =>
      attributeFile({
        *store() {
          removeDevice(sdev);
          return undefined;
        },
      }),
    wwid: text(() => unit.wwid),
    vendor: text(() => unit.vendor),
    model: text(() => unit.model),
    rev: text(() => unit.rev),
    type: text(() => 0),
    dh_state: text(() => sdev.handler ?? 'detached'),
    access_state: text(() => sdev.accessState),
    preferred_path: text(() => (sdev.portGroup.preferred ? 1 : 0)),
    queue_depth: text(() => sdev.queueDepth),
    timeout: text(() => sdev.timeout / 1e9),
    eh_timeout: text(() => sdev.ehTimeout / 1e9),
    iorequest_cnt: text(() => `0x${sdev.ioRequests.toString(16)}`),
    iodone_cnt: text(() => `0x${sdev.ioDone.toString(16)}`),
    ioerr_cnt: text(() => `0x${sdev.ioErrors.toString(16)}`),
    iotmo_cnt: text(() => `0x${sdev.ioTimeouts.toString(16)}`),
  });
}

/** What an administrator may ask for (store_state_field). */
const SETTABLE: readonly ScsiState[] = [
  'running',
  'offline',
  'blocked',
  'quiesce',
  'transport-offline',
];

function storeState(sdev: ScsiDevice, value: string): Errno | undefined {
  const state = SETTABLE.find((known) => known === value);
  return state === undefined ? 'EINVAL' : setDeviceState(sdev, state);
}
