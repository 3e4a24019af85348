// log-command.ts — Logs a failed command. Mirrors drivers/scsi/scsi_logging.c: scsi_print_result, scsi_print_sense, scsi_print_command.
import { NotSupported } from '@dmsim/sim';

import { formatCdb, hostByteName } from './scsi-command.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { sdPrintk } from './scsi-device.ts';
import { additionalSense, senseKeyName } from './sense.ts';

/**
 * sd H:C:T:L: [sdX] tag#N FAILED Result: hostbyte=DID_… driverbyte=DRIVER_OK cmd_age=Ns
 * sd H:C:T:L: [sdX] tag#N Sense Key : <key> [current]␠        (with sense; `[descriptor]␠` follows if it has that format)
 * sd H:C:T:L: [sdX] tag#N Add. Sense: <text>                  (with sense)
 * sd H:C:T:L: [sdX] tag#N CDB: <name> <bytes>
 */
export function logFailure(cmd: ScsiCommand): void {
  const { sdev, rq } = cmd;
  const say = (text: string): void => sdPrintk(sdev, `tag#${cmd.tag} ${text}`);
  const age = Math.floor((rq.queue.layer.sim.now - rq.startedAt) / 1e9);
  say(`FAILED Result: hostbyte=${hostByteName(cmd.hostByte)} driverbyte=DRIVER_OK cmd_age=${age}s`);
  logSense(cmd);
  say(`CDB: ${formatCdb(sdev, rq.bio)}`);
}

/** Codes of a vendor are printed as numbers. Of the others, some have a text on Linux that is not here: they end the lab. */
export function logSense({ sdev, tag, sense }: ScsiCommand): void {
  if (sense === null) return;
  const say = (text: string): void => sdPrintk(sdev, `tag#${tag} ${text}`);
  const format = sdev.unit.descriptorSense ? '[descriptor] ' : '';
  say(`Sense Key : ${senseKeyName(sense.key)} [current] ${format}`);
  const text = additionalSense(sense);
  if (text !== undefined) {
    say(`Add. Sense: ${text}`);
    return;
  }
  const { asc, ascq } = sense;
  const [code, qualifier] = [asc, ascq].map((n) => `0x${n.toString(16)}`);
  if (asc >= 0x80) say(`<<vendor>>ASC=${code} ASCQ=${qualifier} `);
  else if (ascq >= 0x80 && asc !== OVERLAPPED_TAGS) say(`ASC=${code} <<vendor>>ASCQ=${qualifier} `);
  else throw new NotSupported('scsi', 0, `the text of additional sense ${code}, ${qualifier}`);
}

/** Any qualifier of it has a text: it is the tag. */
const OVERLAPPED_TAGS = 0x4d;
