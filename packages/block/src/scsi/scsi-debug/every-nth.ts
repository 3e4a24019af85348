// every-nth.ts — What the parameters opts and every_nth make of commands: each Nth one of all disks goes wrong. Mirrors drivers/scsi/scsi_debug.c: inject_on_this_cmd, fake_timeout, resp_read_dt0, schedule_resp.
import { schedule } from '@dmsim/sim';

import { REQ_OP } from '../../op.ts';
import { isInstant } from '../latency/latency.ts';
import type { ScsiCommand } from '../scsi-command.ts';
import { checkCondition, FATE, setFate, setResult } from '../scsi-command.ts';
import { SENSE_KEY } from '../sense.ts';

/** Bits of opts. */
export const SDEBUG_OPT = {
  MEDIUM_ERROR: 0x2,
  TIMEOUT: 0x4,
  RECOVERED_ERROR: 0x8,
  TRANSPORT_ERROR: 0x10,
  MEDIUM_ACCESS_TIMEOUT: 0x80,
} as const;

/** The state of one module. */
export interface EveryNth {
  opts: number;
  /** 0: none. A negative number makes all commands go wrong, from the first such one on. */
  nth: number;
  /** The commands since it was set. */
  count: number;
  /** Commands are counted, which does not end when no more go wrong. */
  counts: boolean;
  /** A command has had its turn, and nothing has gone wrong yet. */
  pending: boolean;
}

/** `serve`: the command goes on, with the fate that it now has; `ok`: it will time out; `pass`: nothing happens to it. */
export function injectNth(cmd: ScsiCommand): 'serve' | 'ok' | 'pass' {
  const { sdev } = cmd;
  const faults = sdev.target.everyNth;
  if (faults.nth === 0) return 'pass';
  faults.count++;
  if (faults.count % Math.abs(faults.nth) === 0) {
    faults.pending = true;
    if (faults.nth < -1) faults.nth = -1;
    if (timesOut(cmd, faults.opts)) return letTimeOut(cmd);
  }
  return faults.pending ? injectPending(cmd, faults) : 'pass';
}

const isMediumAccess = ({ rq }: ScsiCommand): boolean => rq.bio.op !== REQ_OP.FLUSH;

const timesOut = (cmd: ScsiCommand, opts: number): boolean =>
  (opts & SDEBUG_OPT.TIMEOUT) !== 0 ||
  ((opts & SDEBUG_OPT.MEDIUM_ACCESS_TIMEOUT) !== 0 && isMediumAccess(cmd));

function letTimeOut(cmd: ScsiCommand): 'ok' {
  const { sdev, rq } = cmd;
  setFate(cmd, FATE.TIMEOUT);
  sdev.ioRequests++;
  schedule(rq.queue.sim, rq.due, sdev.timeout);
  return 'ok';
}

function injectPending(cmd: ScsiCommand, faults: EveryNth): 'serve' | 'pass' {
  const { op } = cmd.rq.bio;
  const moves = op === REQ_OP.READ || op === REQ_OP.WRITE;
  if ((faults.opts & SDEBUG_OPT.RECOVERED_ERROR) !== 0 && moves) {
    faults.pending = false;
    setResult(cmd, checkCondition({ key: SENSE_KEY.RECOVERED_ERROR, asc: 0x5d, ascq: 0 }));
    return 'serve';
  }
  // A command without a delay is answered before that is looked at.
  if ((faults.opts & SDEBUG_OPT.TRANSPORT_ERROR) === 0 || isInstant(cmd.sdev.latency))
    return 'pass';
  faults.pending = false;
  setResult(cmd, checkCondition({ key: SENSE_KEY.ABORTED_COMMAND, asc: 0x4b, ascq: 0x03 }));
  return 'serve';
}
