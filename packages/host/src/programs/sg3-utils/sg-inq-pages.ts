// sg-inq-pages.ts — Pages of vital product data as scsi_debug answers and sg_inq decodes them. Mirrors drivers/scsi/scsi_debug.c: inquiry_vpd_83.
import type { ScsiDevice } from '@dmsim/block';

import { identityOf } from '../../scsi-identity.ts';

/** The pages that scsi_debug has, as sg_inq names them. */
const SUPPORTED: ReadonlyMap<number, string> = new Map([
  [0x00, 'Supported VPD pages'],
  [0x80, 'Unit serial number'],
  [0x83, 'Device identification'],
  [0x84, 'Software interface identification'],
  [0x85, 'Management network addresses'],
  [0x86, 'Extended INQUIRY data'],
  [0x87, 'Mode page policy'],
  [0x88, 'SCSI ports'],
  [0x89, 'ATA information'],
  [0xb0, 'Block limits (sbc2)'],
  [0xb1, 'Block device characteristics (sbc3)'],
  [0xb2, 'Logical block provisioning (sbc3)'],
  [0xb7, ''],
]);

export const hasPage = (page: number): boolean => SUPPORTED.has(page);

/** Null for a page that is not decoded here. */
export function decodePage(sdev: ScsiDevice, page: number): string | null {
  if (page === 0x00) return supportedPages();
  if (page === 0x80)
    return `VPD INQUIRY: Unit serial number page\n  Unit serial number: ${sdev.unit.serial}\n`;
  return page === 0x83 ? deviceIdentification(sdev) : null;
}

function supportedPages(): string {
  const lines = [...SUPPORTED].map(
    ([page, name]) => `     0x${page.toString(16)}${name === '' ? '' : `\t${name}`}\n`,
  );
  return `VPD INQUIRY: Supported VPD pages page\n   Supported VPD pages:\n${lines.join('')}`;
}

const SAS = '    transport: Serial Attached SCSI Protocol (SPL-4)\n';
const UNIT = 'Addressed logical unit';
const PORT = 'Target port';
const TARGET = 'Target device that contains addressed lu';

interface Designator {
  /** Bytes, with the head of four. */
  readonly length: number;
  readonly type: string;
  readonly codeSet: string;
  readonly of: string;
  readonly lines: readonly string[];
}

const naa = (name: string, of: string): Designator => ({
  length: 12,
  type: 'NAA',
  codeSet: 'Binary',
  of,
  lines: ['NAA 3, Locally assigned:', `[0x${name}]`],
});

function deviceIdentification(sdev: ScsiDevice): string {
  const { vendor, model, serial } = sdev.unit;
  const { unit, port, target, portGroup, targetName } = identityOf(sdev);
  const vendorLines = [`vendor id: ${vendor}`, `vendor specific: ${model}${serial}`];
  const designators: Designator[] = [
    {
      length: 28 + serial.length,
      type: 'T10 vendor identification',
      codeSet: 'ASCII',
      of: UNIT,
      lines: vendorLines,
    },
    naa(unit, UNIT),
    { ...binary('Relative target port'), lines: ['Relative target port: 0x1'] },
    naa(port, PORT),
    {
      ...binary('Target port group'),
      lines: [`Target port group: 0x${portGroup.toString(16)}`],
    },
    naa(target, TARGET),
    {
      length: 28,
      type: 'SCSI name string',
      codeSet: 'UTF-8',
      of: TARGET,
      lines: ['SCSI name string:', targetName],
    },
  ];
  return `VPD INQUIRY: Device Identification page\n${designators.map(describe).join('')}`;
}

const binary = (type: string): Omit<Designator, 'lines'> => ({
  length: 8,
  type,
  codeSet: 'Binary',
  of: PORT,
});

function describe({ length, type, codeSet, of, lines }: Designator, i: number): string {
  const head = `  Designation descriptor number ${i + 1}, descriptor length: ${length}\n`;
  const kind = `    designator_type: ${type},  code_set: ${codeSet}\n    associated with the ${of}\n`;
  const body = lines.map((line) => `      ${line}\n`).join('');
  return head + (of === UNIT ? '' : SAS) + kind + body;
}
