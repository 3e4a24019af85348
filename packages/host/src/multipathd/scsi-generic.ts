// scsi-generic.ts — Carries out the SCSI commands that multipath-tools send to disks with SG_IO.
import type { FcRport, ScsiDevice } from '@dmsim/block';
import { isFailed, OPCODE, scsiDeviceOf, sendTestUnitReady, timeOfGoodTest } from '@dmsim/block';
import type { PortGroupState, ScsiGeneric } from '@dmsim/multipathd';
import { ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { serialOfUnit } from '../udev/disk-rules.ts';

export function scsiGeneric(machine: () => Machine): ScsiGeneric {
  const deviceOf = (kernel: string): ScsiDevice | undefined => {
    const dev = machine().layer.byName.get(kernel);
    return dev === undefined ? undefined : (scsiDeviceOf(dev) ?? undefined);
  };
  /** Undefined: the command could not be sent, or fails. */
  const answers = (kernel: string, opcode: number): ScsiDevice | undefined => {
    const sdev = deviceOf(kernel);
    return sdev?.state === 'running' && !isFailed(sdev, opcode) ? sdev : undefined;
  };
  const portOf = (kernel: string): [name: string, port: FcRport] | undefined => {
    const sdev = deviceOf(kernel);
    return [...machine().fcRports].find(
      ([, port]) => port.host === sdev?.host && port.target === sdev.address.target,
    );
  };
  return {
    addressOf(kernel) {
      const sdev = deviceOf(kernel);
      const { host = 0, channel = 0, target = 0, lun = 0 } = sdev?.address ?? {};
      const protocol = portOf(kernel) === undefined ? 'scsi:unspec' : 'scsi:fcp';
      return { address: [host, channel, target, lun], protocol };
    },
    remotePort: (kernel) => portOf(kernel)?.[0],
    testUnitReady(kernel, timeout) {
      const sdev = deviceOf(kernel);
      if (sdev === undefined) return ready({ kind: 'errno', errno: 'ENXIO' });
      return sendTestUnitReady(sdev, timeout);
    },
    timeOfGoodTest(kernel) {
      const dev = machine().layer.byName.get(kernel);
      const sdev = dev === undefined ? null : scsiDeviceOf(dev);
      return sdev === null ? null : timeOfGoodTest(sdev);
    },
    tpgs(kernel) {
      const sdev = answers(kernel, OPCODE.INQUIRY);
      if (sdev === undefined) return undefined;
      // Groups that can't be asked for are as good as none.
      return sdev.handler === null || isFailed(sdev, OPCODE.MAINTENANCE_IN) ? 'none' : 'both';
    },
    serial: (kernel) => answers(kernel, OPCODE.INQUIRY)?.behind.serial,
    wwid(kernel) {
      const unit = answers(kernel, OPCODE.INQUIRY)?.behind;
      return unit === undefined ? undefined : serialOfUnit(unit);
    },
    vpdPage: () => undefined,
    reportTargetPortGroups(kernel) {
      const sdev = answers(kernel, OPCODE.MAINTENANCE_IN);
      if (sdev === undefined || sdev.handler === null) return ready(undefined);
      const { id, state, preferred } = sdev.portGroup;
      const name = state.replace('active/', '') as PortGroupState['state'];
      return ready({ id, state: name, preferred });
    },
  };
}
