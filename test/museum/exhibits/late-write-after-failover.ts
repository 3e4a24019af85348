// late-write-after-failover.ts — A write that its path gave up is carried out by the array after its retry.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a write that its path gave up is carried out by the array after its retry',
  source: 'scsi_error.c: a command is given back only when its abort was answered',
  story: [
    'A path fails with a write on the wire, and dm sends it down another path, where it succeeds. The array still has',
    'the first one, and carries it out some time later: what was written to that place in between is lost, and no one',
    'gets an error. SCSI error handling waits for the answer to an abort for this reason alone. Here the write',
    'that failed reaches the medium 20 ms late.',
  ],
  file: 'block/src/scsi/finish-command.ts',
  replace: `cmd.aborted = false;
  endRequest(rq, status);`,
  by: `cmd.aborted = false;
  if (status !== BLK_STS.OK) {
    const late = { ...rq.bio };
    after(late.dev.layer.sim, 20_000_000, 'the array carries it out', () => transfer(late, cmd.sdev.unit.store));
  }
  endRequest(rq, status);`,
  calls: { after: 'sim/src/sim.ts', transfer: 'block/src/transfer.ts' },
  breaks: 'no write lands after its retry was acknowledged',
};
