// numbers.ts — Parses numbers on command lines: sizes with suffixes, durations.

const UNITS = 'KMGTPEZY';

/** Parses a size such as `512`, `4K`, `1MB`, `2KiB` or `1b`, like xstrtoumax; undefined if it is invalid. */
export function parseSize(word: string, extra = ''): number | undefined {
  const match = /^\s*\+?(\d+)(.*)$/s.exec(word);
  if (match === null) return undefined;
  const factor = suffixFactor(match[2] ?? '', extra);
  return factor === undefined ? undefined : Number(match[1]) * factor;
}

function suffixFactor(suffix: string, extra: string): number | undefined {
  if (suffix === '') return 1;
  if (suffix === 'b' && extra.includes('b')) return 512;
  const match = /^([kKmMGTPEZY])(|B|iB)$/.exec(suffix);
  if (match === null) return undefined;
  const power = UNITS.indexOf((match[1] ?? '').toUpperCase()) + 1;
  return (match[2] === 'B' ? 1000 : 1024) ** power;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/** Parses a duration such as `1.5`, `10s`, `2m`, `.5h` or `infinity`, like sleep(1), and returns seconds. */
export function parseDuration(word: string): number | undefined {
  const match = /^\+?(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|inf(?:inity)?)([smhd]?)$/i.exec(word);
  if (match === null) return undefined;
  const [, number = '', unit = ''] = match;
  const factor = unit === '' ? 1 : SECONDS[unit];
  if (factor === undefined) return undefined;
  return (/^inf/i.test(number) ? Infinity : Number(number)) * factor;
}
