// queue-command.ts — From a request to a command and back. Mirrors drivers/scsi/scsi_lib.c: scsi_queue_rq, scsi_device_state_check, scsi_complete.
import { schedule } from '@dmsim/sim';

import { endRequest } from '../end-request.ts';
import type { QueueOps, QueueVerdict, Request } from '../request.ts';
import { BLK_STS } from '../status.ts';
import { transfer } from '../transfer.ts';
import { afterCompletion } from './after-completion.ts';
import { completeUnusual } from './complete-unusual.ts';
import { queueUnusual } from './queue-unusual.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { createCommand, FATE } from './scsi-command.ts';

// Constants of the file's own: V8 folds them, while imported ones are looked up again for every I/O.
const { OK } = BLK_STS;
const { SERVE, TIMEOUT } = FATE;

const SECTOR = 512;

/**
 * The straight path, once per I/O of every healthy device: what is due, the end of the command or its time-out, is
 * known now, so there is one event and no timer.
 */
function queueCommand(rq: Request): QueueVerdict {
  const cmd = (rq.pdu ?? createCommand(rq)) as ScsiCommand;
  const { queue, bio } = rq;
  const { sdev } = cmd;
  if (queue.inFlight > queue.depth) return 'dev-resource';
  cmd.fate = SERVE;
  if (!sdev.healthy) {
    const verdict = queueUnusual(cmd);
    if (verdict !== 'serve') return verdict;
  }
  const { sim } = queue.layer;
  let delay = sdev.latency.draw(sdev.latency.state, sim.now, bio.nrSectors * SECTOR);
  if (delay > sdev.timeout) {
    delay = sdev.timeout;
    cmd.fate = TIMEOUT;
  }
  sdev.ioRequests++;
  schedule(sim, rq.due, delay);
  return 'ok';
}

function completeCommand(rq: Request): void {
  const cmd = rq.pdu as ScsiCommand;
  if (cmd.fate !== SERVE) {
    completeUnusual(cmd);
    return;
  }
  const { sdev } = cmd;
  sdev.ioDone++;
  cmd.retries = 0;
  transfer(rq.bio, sdev.unit.store);
  endRequest(rq, OK);
  if (!sdev.healthy) afterCompletion(sdev);
}

export const SCSI_QUEUE_OPS: QueueOps = { queueRq: queueCommand, complete: completeCommand };
