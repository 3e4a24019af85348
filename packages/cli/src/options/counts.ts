// counts.ts — Numbers as people write them on a command line.

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** `1000`, `1e6`, `512M` (of 1024s); undefined for what is no number. */
export function parseCount(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?(?:e\d{1,2})?)([KMGT]?)(?:i?B)?$/i.exec(text);
  if (match === null) return undefined;
  return Math.floor(Number(match[1]) * 1024 ** UNITS.indexOf((match[2] ?? '').toUpperCase()));
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `1.5h`, or a number of seconds, in ms; undefined for what is no time. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|[smhd])?$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (UNITS_MS[match[2] ?? 's'] ?? NaN);
}

/** The default of --max-memory. */
export const DEFAULT_MEMORY = '1G';
