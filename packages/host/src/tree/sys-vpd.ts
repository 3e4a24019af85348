// sys-vpd.ts — Pages of vital product data as sysfs shows them: the bytes that the disk sent. Mirrors drivers/scsi/scsi_debug.c: inquiry_vpd_83.
import type { ScsiDevice } from '@dmsim/block';

import { identityOf } from '../scsi-identity.ts';

/** Pages that scsi_debug has. */
const SUPPORTED = [
  0x00, 0x80, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0xb0, 0xb1, 0xb2, 0xb7,
] as const;

/** By the name of the file. */
export const VPD_PAGES: Readonly<Record<string, (sdev: ScsiDevice) => string>> = {
  vpd_pg0: () => page(0x00, SUPPORTED),
  vpd_pg80: ({ unit: { serial } }) => page(0x80, ascii(serial)),
  vpd_pg83: (sdev) => page(0x83, identification(sdev)),
};

/** Four bytes, of which two are the length, and the content. */
const page = (code: number, content: readonly number[]): string =>
  [0, code, content.length >> 8, content.length & 0xff, ...content].map(byteText).join('');

/** A byte that is no ASCII stands in a text as one half of a surrogate pair. */
const byteText = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);

const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));

const bytesOf = (hex: string): number[] =>
  Array.from(hex.matchAll(/../g), ([pair]) => Number.parseInt(pair, 16));

/** Where a name is of: the unit; the port, over SAS; the target, over SAS. */
const OF_UNIT = 0x00;
const OF_PORT = 0x90;
const OF_TARGET = 0xa0;
const SAS = 0x60;
const CODE_SET = { binary: 1, ascii: 2, utf8: 3 };
const TYPE = { vendor: 1, naa: 3, port: 4, group: 5, name: 8 };

// oxlint-disable-next-line max-params -- the fields of a designator
const designator = (
  of: number,
  type: keyof typeof TYPE,
  codeSet: keyof typeof CODE_SET,
  content: readonly number[],
): number[] => [
  CODE_SET[codeSet] | (of === OF_UNIT ? 0 : SAS),
  of | TYPE[type],
  0,
  content.length,
  ...content,
];

function identification(sdev: ScsiDevice): number[] {
  const { vendor, model, serial } = sdev.unit;
  const { unit, port, target, portGroup, targetName } = identityOf(sdev);
  return [
    ...designator(OF_UNIT, 'vendor', 'ascii', ascii(vendor + model + serial)),
    ...designator(OF_UNIT, 'naa', 'binary', bytesOf(unit)),
    ...designator(OF_PORT, 'port', 'binary', [0, 0, 0, 1]),
    ...designator(OF_PORT, 'naa', 'binary', bytesOf(port)),
    ...designator(OF_PORT, 'group', 'binary', [0, 0, portGroup >> 8, portGroup & 0xff]),
    ...designator(OF_TARGET, 'naa', 'binary', bytesOf(target)),
    ...designator(OF_TARGET, 'name', 'utf8', [...ascii(targetName), 0, 0, 0, 0]),
  ];
}
