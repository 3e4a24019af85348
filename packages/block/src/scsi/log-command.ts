// log-command.ts — Logs a failed command. Mirrors drivers/scsi/scsi_logging.c: scsi_print_result, scsi_print_sense, scsi_print_command.
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

/** Codes without a text are printed as numbers; `<<vendor>>` marks those of a vendor. */
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
  const vendor = sense.asc >= 0x80 ? '<<vendor>>' : '';
  const vendorQualifier = sense.asc < 0x80 && sense.ascq >= 0x80 ? '<<vendor>>' : '';
  say(
    `${vendor}ASC=0x${sense.asc.toString(16)} ${vendorQualifier}ASCQ=0x${sense.ascq.toString(16)} `,
  );
}
