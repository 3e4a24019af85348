// sg-inq.ts — sg_inq of sg3_utils: an INQUIRY.
import type { ScsiDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import type { SgMessages } from './sg-device.ts';
import { openSgDevice } from './sg-device.ts';

const MESSAGES: SgMessages = {
  cannotOpen: (path, reason) =>
    `sg_inq: error opening file: ${path}: ${reason}\nsg_inq failed: ${reason}\n`,
  refused: (reason) => `sg_inq failed: ${reason}\n`,
};

export function sgInq(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const sdev = yield* openSgDevice(t, machine, MESSAGES);
  if (typeof sdev === 'number') return sdev;
  t.out.put(inquiry(sdev));
  return 0;
}

function inquiry({ unit, handler }: ScsiDevice): string {
  // Implicit only, as scsi_debug says it; only such a device has the handler.
  const tpgs = handler === null ? 0 : 1;
  return `standard INQUIRY:
  PQual=0  PDT=0  RMB=0  LU_CONG=0  hot_pluggable=0  version=0x07  [SPC-5]
  [AERC=0]  [TrmTsk=0]  NormACA=0  HiSUP=0  Resp_data_format=2
  SCCS=0  ACC=0  TPGS=${tpgs}  3PC=0  Protect=0  [BQue=0]
  EncServ=0  MultiP=1 (VS=0)  [MChngr=0]  [ACKREQQ=0]  Addr16=0
  [RelAdr=0]  WBus16=0  Sync=0  [Linked=1]  [TranDis=0]  CmdQue=1
  [SPI: Clocking=0x0  QAS=0  IUS=0]
    length=96 (0x60)   Peripheral device type: disk
 Vendor identification: ${unit.vendor}
 Product identification: ${unit.model}
 Product revision level: ${unit.rev}
 Unit serial number: ${unit.serial}
`;
}
