// sizes.ts — Sizes as QEMU's tools read and print them.

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** "64k", "1.5M", "0x10000"; null: none. */
export function parseSize(text: string): number | null {
  const hex = /^0x[0-9a-f]+$/iu.exec(text);
  if (hex !== null) return Number(text);
  const match = /^(\d+(?:\.\d+)?)([bkmgtpe]?)$/iu.exec(text);
  if (match === null) return null;
  const power = UNITS.indexOf((match[2] ?? '').toUpperCase().replace('B', ''));
  const bytes = Number(match[1]) * 1024 ** power;
  return Number.isInteger(bytes) ? bytes : null;
}

/** As qemu-io prints it: "2 MiB", "1.812 MiB", "0 bytes". */
export function formatIoSize(bytes: number): string {
  let power = 0;
  while (bytes >= 1024 ** (power + 1) && power < 5) power++;
  const value = bytes / 1024 ** power;
  const text = Number.isInteger(value)
    ? String(value)
    : (halfToEven(value * 1000) / 1000).toFixed(3);
  return `${text} ${power === 0 ? 'bytes' : `${UNITS[power]}iB`}`;
}

/** As printf rounds what lies exactly between two. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** "2 MiB", "1.81 MiB", "196 KiB": three digits that count. */
export function formatSize(bytes: number): string {
  let power = 0;
  while (bytes / 1024 ** power >= 1000 && power < 5) power++;
  const value = bytes / 1024 ** power;
  const text = Number(value.toPrecision(3)).toString();
  return `${text} ${power === 0 ? 'B' : `${UNITS[power]}iB`}`;
}
