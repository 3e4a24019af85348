// format-figure.ts — Figures for people: three digits, and a unit that suits the size.

export type Quantity = 'seconds' | 'rate' | 'bytes' | 'count' | 'number';

const QUANTITIES: Readonly<Record<string, Quantity>> = {
  iops: 'rate',
  bandwidth: 'bytes',
  mean: 'seconds',
  p50: 'seconds',
  p95: 'seconds',
  p99: 'seconds',
  'p99.9': 'seconds',
  max: 'seconds',
  blocked: 'seconds',
  errors: 'count',
};

/** A measure of the lab's own is a bare number. */
export const quantityOf = (figure: string): Quantity => QUANTITIES[figure] ?? 'number';

export function formatFigure(value: number, quantity: Quantity): string {
  if (!Number.isFinite(value)) return '-';
  switch (quantity) {
    case 'seconds':
      return formatSeconds(value);
    case 'rate':
      return scaled(value, ['', 'k', 'M', 'G']);
    case 'bytes':
      return `${scaled(value, ['', 'k', 'M', 'G', 'T'])}B/s`;
    case 'count':
      return String(Math.round(value));
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : digits(value);
  }
}

function formatSeconds(value: number): string {
  if (value === 0) return '0';
  if (value < 1e-3) return `${digits(value * 1e6)}us`;
  return value < 1 ? `${digits(value * 1e3)}ms` : `${digits(value)}s`;
}

function scaled(value: number, prefixes: readonly string[]): string {
  let rest = value;
  let i = 0;
  while (Math.abs(rest) >= 999.5 && i < prefixes.length - 1) {
    rest /= 1000;
    i++;
  }
  return `${digits(rest)}${prefixes[i]}`;
}

/** Three digits that count, no exponent. */
function digits(value: number): string {
  if (value === 0) return '0';
  const whole = Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.max(0, Math.min(6, 3 - whole)));
}

/** A part of the runs: `35 %` */
export const formatShare = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

/** A difference of two shares: `+35 points` */
export function formatPoints(change: number): string {
  if (!Number.isFinite(change)) return '-';
  return `${change >= 0 ? '+' : '-'}${Number((Math.abs(change) * 100).toFixed(1))} points`;
}

/** `+12 %`, `-3.4 %` */
export function formatChange(change: number): string {
  if (!Number.isFinite(change)) return '-';
  const percent = change * 100;
  return `${percent >= 0 ? '+' : '-'}${digits(Math.abs(percent))} %`;
}
