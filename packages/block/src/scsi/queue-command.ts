// queue-command.ts — Sends a request to a healthy device, and completes it. Mirrors drivers/scsi/scsi_lib.c: scsi_queue_rq, scsi_device_state_check, scsi_complete.
import { schedule } from '@dmsim/sim';

import type { BlockDevice } from '../block-device.ts';
import { endRequest } from '../end-request.ts';
import { REQ_OP } from '../op.ts';
import type { QueueOps, QueueVerdict, Request } from '../request.ts';
import { BLK_STS } from '../status.ts';
import { afterCompletion } from './after-completion.ts';
import { carryOut } from './carry-out.ts';
import { completeUnusual } from './complete-unusual.ts';
import { unblockHost } from './host-blocked.ts';
import { queueUnusual } from './queue-unusual.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { FATE, initCommand, setFate } from './scsi-command.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { countCommands } from './scsi-device.ts';
import { askAgain } from './scsi-disk.ts';

const SECTOR = 512;

/**
 * The common case, for every device that is healthy. Whether the command ends or times out is known at once, so it needs one
 * event and no timer.
 */
function queueCommand(rq: Request): QueueVerdict {
  const { queue } = rq;
  const sdev = queue.queuedata as ScsiDevice;
  if (sdev.ailing || rq.unusual) {
    const verdict = queueUnusual(rq.pdu as ScsiCommand);
    if (verdict !== 'serve') return verdict;
  }
  const { sim } = queue;
  const { latency } = sdev;
  let delay = latency.draw(latency.state, sim.now, rq.bio.nrSectors * SECTOR);
  if (delay > sdev.timeout) {
    delay = sdev.timeout;
    setFate(rq.pdu as ScsiCommand, FATE.TIMEOUT);
  }
  sdev.ioRequests++;
  schedule(sim, rq.due, delay);
  return 'ok';
}

function completeCommand(rq: Request): void {
  if (rq.unusual) {
    completeUnusual(rq.pdu as ScsiCommand);
    return;
  }
  const sdev = rq.queue.queuedata as ScsiDevice;
  sdev.ioDone++;
  const { bio } = rq;
  // A read or write without payload moves nothing.
  if (bio.op > REQ_OP.WRITE || bio.data !== null) carryOut(bio, sdev);
  if (sdev.ailing) unblockHost(sdev.host);
  endRequest(rq, BLK_STS.OK);
  if (sdev.ailing) afterCompletion(sdev);
}

const deviceOf = ({ queue }: BlockDevice): ScsiDevice => queue?.queuedata as ScsiDevice;

export const SCSI_QUEUE_OPS: QueueOps = {
  initRequest: initCommand,
  queueRq: queueCommand,
  complete: completeCommand,
  scsi: true,
  onRescan: (disk) => askAgain(deviceOf(disk)),
  onScan: (disk, pages) => countCommands(deviceOf(disk), pages),
};
