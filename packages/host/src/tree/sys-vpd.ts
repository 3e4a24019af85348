// sys-vpd.ts — Pages of vital product data as sysfs shows them: the bytes that the disk sent. Mirrors drivers/scsi/scsi_debug.c: inquiry_vpd_83.
import type { ScsiDevice } from '@dmsim/block';
import { t10Designator } from '@dmsim/block';
import { NotSupported } from '@dmsim/sim';

import { identityOf } from '../scsi-identity.ts';
import { refusePath } from '../unsimulated.ts';

/** Pages that scsi_debug has. */
const SUPPORTED = [
  0x00, 0x80, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0xb0, 0xb1, 0xb2, 0xb7,
] as const;

/** By the name of the file. */
export const VPD_PAGES: Readonly<Record<string, (sdev: ScsiDevice) => string>> = {
  vpd_pg0: () => page(0x00, SUPPORTED),
  vpd_pg80: ({ unit: { serial } }) => page(0x80, ascii(serial)),
  vpd_pg83: (sdev) => page(0x83, identification(sdev)),
  vpd_pgb0: (sdev) => page(0xb0, blockLimits(sdev)),
  vpd_pgb1: () => page(0xb1, padded([0, 1, 0, 5], 60)),
  vpd_pgb2: (sdev) => page(0xb2, whatThickDisksSay(sdev, [0, 0, 0, 0], 'vpd_pgb2')),
  vpd_pgb7: () => page(0xb7, padded([0, 1, 0, 6], 28)),
  inquiry: (sdev) => standardInquiry(sdev).map(byteText).join(''),
};

const padded = (bytes: readonly number[], length: number): number[] => [
  ...bytes,
  ...Array.from({ length: length - bytes.length }, () => 0),
];

/** The page of a disk with thin provisioning is not simulated. */
function whatThickDisksSay<T>(sdev: ScsiDevice, what: T, name: string): T {
  if (sdev.provisioning.support !== null)
    throw new NotSupported('sysfs', 0, `${name} of a thin disk`);
  return what;
}

const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);

/** A disk that is smaller does not say how large a transfer may be. */
const SMALL = 0x400;

function blockLimits(sdev: ScsiDevice): number[] {
  const { limits } = sdev.disk ?? refusePath('vpd_pgb0');
  const { logicalBlockSize: size, ioMin, ioOpt } = limits;
  const blocks = (sdev.unit.capacity * 512) / size;
  const fields = [
    0,
    0,
    ...big(ioMin / size, 2),
    ...big(blocks > SMALL ? blocks : 0, 4),
    ...big(ioOpt / size, 4),
    ...big(0, 12),
    ...big(1, 4),
    ...big(0, 4),
    ...big(0xffff, 8),
  ];
  return whatThickDisksSay(sdev, padded(fields, 60), 'vpd_pgb0');
}

/** The versions of the standards that it follows: SAM-5, SPC-4, SBC-3 and so on. */
const STANDARDS = [0x00, 0xc0, 0x05, 0xc0, 0x06, 0x00, 0x21];

function standardInquiry({ unit: { vendor, model, rev }, handler }: ScsiDevice): number[] {
  // Implicit ALUA.
  const tpgs = handler === null ? 0 : 0x10;
  const names = ascii(`${vendor}${model}${rev}20210520`);
  const head = padded([0, 0, 7, 2, 0x5b, tpgs, 0x10, 0x0a, ...names], 58);
  return padded([...head, ...STANDARDS], 96);
}

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
  const { unit, port, target, portGroup, targetName } = identityOf(sdev);
  return [
    ...designator(OF_UNIT, 'vendor', 'ascii', ascii(t10Designator(sdev.unit))),
    ...designator(OF_UNIT, 'naa', 'binary', bytesOf(unit)),
    ...designator(OF_PORT, 'port', 'binary', [0, 0, 0, 1]),
    ...designator(OF_PORT, 'naa', 'binary', bytesOf(port)),
    ...designator(OF_PORT, 'group', 'binary', [0, 0, portGroup >> 8, portGroup & 0xff]),
    ...designator(OF_TARGET, 'naa', 'binary', bytesOf(target)),
    ...designator(OF_TARGET, 'name', 'utf8', [...ascii(targetName), 0, 0, 0, 0]),
  ];
}
