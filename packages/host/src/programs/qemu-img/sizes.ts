// sizes.ts — Parses and formats sizes as QEMU's tools do, and the sizes in which they work.
import type { Conversion } from '@dmsim/libc';
import { formatFloat } from '@dmsim/libc';

const THOUSANDTHS: Conversion = { flags: '', width: 0, precision: 3, letter: 'f' };

export const SECTOR = 512;
/** The most that is read, compared or copied at once. */
export const CHUNK: number = 2 << 20;

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** Parses "64k", "1.5M" or "0x10000"; null if the text is no size. */
export function parseSize(text: string): number | null {
  const hex = /^0x[0-9a-f]+$/iu.exec(text);
  if (hex !== null) return Number(text);
  const match = /^\s*(\d+(?:\.\d+)?)([bkmgtpe]?)$/iu.exec(text);
  if (match === null) return null;
  const power = UNITS.indexOf((match[2] ?? '').toUpperCase().replace('B', ''));
  const bytes = Number(match[1]) * 1024 ** power;
  // There are no fractions without a unit.
  return power > 0 || Number.isInteger(bytes) ? Math.round(bytes) : null;
}

/** Formats a size as qemu-io does: "2 MiB", "1.812 MiB", "0 bytes". */
export function formatIoSize(bytes: number): string {
  let power = 0;
  while (bytes >= 1024 ** (power + 1) && power < 5) power++;
  const value = bytes / 1024 ** power;
  const text = formatFloat(value, THOUSANDTHS).replace('.000', '');
  return `${text} ${power === 0 ? 'bytes' : `${UNITS[power]}iB`}`;
}

/** The complaint about a text that is no size. */
export const WRONG_SUFFIX =
  'You may use k, M, G, T, P or E suffixes for\nqemu-img: kilobytes, megabytes, gigabytes, terabytes, petabytes and exabytes.';
