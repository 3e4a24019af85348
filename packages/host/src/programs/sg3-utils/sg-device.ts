// sg-device.ts — SCSI commands from user space (SG_IO): to a disk, or through a map to the path below it.
import type { BlockDevice, ScsiDevice } from '@dmsim/block';
import { findDevice, isOnline, scsiDeviceOf } from '@dmsim/block';
import { openPath, resolve, refuse, complain } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { prepareIoctl } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';
import { checkSignals, errnoNumber, strerror } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import { GENERIC_MAJOR } from '../../tree/dev.ts';

/** sg3_utils adds this to an errno for its exit status. */
export const OS_ERROR = 50;

/** The lines that a tool of sg3_utils prints for an errno. */
export interface SgMessages {
  readonly cannotOpen: (path: string, reason: string) => string;
  readonly refused: (reason: string) => string;
}

/** Opens the operand of sg_inq or sg_turs; the exit status if that failed, after printing the error. */
export function* openSgDevice(
  t: Tool,
  machine: Machine,
  {
    cannotOpen,
    refused,
    operands = t.args,
  }: SgMessages & { readonly operands?: readonly string[] },
): Task<ScsiDevice | number> {
  const [path, ...rest] = operands;
  if (path === undefined || path.startsWith('-') || rest.length > 0) refuse(t, t.args.join(' '));
  const generic = genericDevice(t, machine, path);
  if (generic !== null && !isOnline(generic)) refuse(t, 'the sg node of a disk that is offline');
  if (generic !== null) return generic;
  const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
  const sdev = typeof file === 'string' ? file : yield* operandDevice(t, machine, path);
  if (typeof sdev !== 'string') return sdev;
  const reason = strerror(sdev);
  yield* complain(t, typeof file === 'string' ? cannotOpen(path, reason) : refused(reason));
  return OS_ERROR + errnoNumber(sdev);
}

/** The disk of a node of the sg driver; null for any other file. */
function genericDevice(t: Tool, { layer }: Machine, path: string): ScsiDevice | null {
  const found = resolve(t, path);
  const node = typeof found === 'string' ? undefined : found.node;
  if (node?.kind !== 'character' || node.major !== GENERIC_MAJOR) return null;
  for (const dev of layer.devices.values()) {
    const sdev = scsiDeviceOf(dev);
    if (sdev?.genericIndex === node.minor) return sdev;
  }
  return null;
}

/** ENOTTY if it is not a SCSI device; ENODEV if it is offline (sd_ioctl: scsi_ioctl_block_when_processing_errors). */
function* operandDevice(t: Tool, machine: Machine, path: string): Task<Errno | ScsiDevice> {
  const node = resolve(t, path);
  if (typeof node === 'string') return node;
  if (node.node?.kind !== 'block') return 'ENOTTY';
  let dev: BlockDevice | undefined = findDevice(machine.layer, node.node.major, node.node.minor);
  while (dev !== undefined && dev.major === machine.dm.major) {
    const md = machine.dm.devices.get(dev.minor);
    if (md === undefined) return 'ENXIO';
    const below: Errno | BlockDevice = yield* prepareIoctl(md);
    // A signal ended the wait, so the process can't print an error.
    checkSignals(t.process);
    if (typeof below === 'string') return below;
    dev = below;
  }
  const sdev = dev === undefined ? null : scsiDeviceOf(dev);
  if (sdev === null) return 'ENOTTY';
  return isOnline(sdev) ? sdev : 'ENODEV';
}
