// sg-inq.ts — sg_inq of sg3_utils: an INQUIRY to a disk, which for a mapped device goes to the path below.
import type { BlockDevice, ScsiDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import { prepareIoctl } from '@dmsim/dm';
import type { Program } from '@dmsim/shell';
import type { Errno, Task } from '@dmsim/sim';
import { checkSignals, errnoNumber, strerror } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import { openPath, resolve } from './text/paths.ts';
import { refuse } from './text/refuse.ts';
import type { Tool } from './text/tool.ts';
import { complain, tool } from './text/tool.ts';

/** What sg3_utils adds to an errno for its exit status. */
const OS_ERROR = 50;

export function sgInq(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const [path, ...rest] = t.args;
  if (path === undefined || path.startsWith('-') || rest.length > 0) refuse(t, t.args.join(' '));
  const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
  if (typeof file === 'string') {
    yield* complain(t, `sg_inq: error opening file: ${path}: ${strerror(file)}\n`);
    return yield* failed(t, file);
  }
  const sdev = yield* scsiDeviceOf(t, machine, path);
  if (typeof sdev === 'string') return yield* failed(t, sdev);
  t.out.put(inquiry(sdev));
  return 0;
}

function* failed(t: Tool, errno: Errno): Task<number> {
  yield* complain(t, `sg_inq failed: ${strerror(errno)}\n`);
  return OS_ERROR + errnoNumber(errno);
}

/** SG_IO: ENOTTY from what is no SCSI device. */
function* scsiDeviceOf(t: Tool, machine: Machine, path: string): Task<Errno | ScsiDevice> {
  const node = resolve(t, path);
  if (typeof node === 'string') return node;
  if (node.node?.kind !== 'block') return 'ENOTTY';
  let dev: BlockDevice | undefined = findDevice(machine.layer, node.node.major, node.node.minor);
  while (dev !== undefined && dev.major === machine.dm.major) {
    const md = machine.dm.devices.get(dev.minor);
    if (md === undefined) return 'ENXIO';
    const below: Errno | BlockDevice = yield* prepareIoctl(md);
    // A signal ended the waiting: there is no one left to print an error.
    checkSignals(t.process);
    if (typeof below === 'string') return below;
    dev = below;
  }
  return dev?.scsi ?? 'ENOTTY';
}

function inquiry({ unit, handler }: ScsiDevice): string {
  // Implicit and explicit, as scsi_debug says it; only such a device has the handler.
  const tpgs = handler === null ? 0 : 3;
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
