// report-sense.ts — Acts on the news in a command's sense data, such as a capacity that changed, whatever becomes of the command. Mirrors drivers/scsi/scsi_error.c: scsi_report_sense, drivers/scsi/device_handler/scsi_dh_alua.c: alua_check_sense.
import { checkAccessState, noticeTransition } from './alua.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { isGone, isOnline, refreshHealth, sdevPrintk } from './scsi-device.ts';
import type { SenseData } from './sense.ts';
import { isInTransition, SENSE_KEY } from './sense.ts';

/** By the sense code: the line of the log, and the word of the uevent (scsi_evt_emit). */
const ATTENTIONS: Readonly<Record<number, readonly [text: string, word: string]>> = {
  0x2a01: ['Mode parameters changed', 'MODE_PARAMETERS_CHANGED'],
  0x2a06: ['Asymmetric access state changed', 'ASYMMETRIC_ACCESS_STATE_CHANGED'],
  0x2a09: ['Capacity data has changed', 'CAPACITY_DATA_HAS_CHANGED'],
  0x3f03: ['Inquiry data has changed', 'INQUIRY_DATA_HAS_CHANGED'],
  0x3f0e: [
    'LUN assignments on this target have changed. The Linux SCSI layer does not automatically remap LUN assignments.',
    'REPORTED_LUNS_DATA_HAS_CHANGED',
  ],
};

const RESET = ['Power-on or device reset occurred', 'POWER_ON_RESET_OCCURRED'] as const;

export function reportSense(sdev: ScsiDevice, sense: SenseData): void {
  if (sense.key === SENSE_KEY.UNIT_ATTENTION) reportAttention(sdev, sense);
  else if (sdev.handler === 'alua' && isInTransition(sense)) noticeTransition(sdev);
}

/** The answer of a command that is sent for its own sake, and sent again, when a unit attention waits. */
export function takeAttention(sdev: ScsiDevice): void {
  const { unitAttention } = sdev;
  if (unitAttention === null || !isOnline(sdev) || isGone(sdev)) return;
  sdev.unitAttention = null;
  sdev.ioErrors++;
  refreshHealth(sdev);
  reportSense(sdev, unitAttention);
}

function reportAttention(sdev: ScsiDevice, { asc, ascq }: SenseData): void {
  const code = asc * 256 + ascq;
  const attention = asc === 0x29 ? RESET : ATTENTIONS[code];
  if (attention !== undefined) {
    const [text, word] = attention;
    sdevPrintk(sdev, text);
    sdev.host.layer.onEvent({ kind: 'attention', device: sdev, word });
  }
  if (sdev.handler === 'alua' && (code === 0x2900 || code === 0x2a06)) checkAccessState(sdev);
}
