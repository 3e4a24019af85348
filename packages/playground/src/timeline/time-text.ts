// time-text.ts — Formats and parses virtual time.

/** Formats an instant as `4.013 s`, with microseconds if they are not zero. */
export function timeText(ns: number): string {
  const micros = Math.round(ns / 1000);
  const text = (micros / 1e6).toFixed(6).replace(/0{1,3}$/, '');
  return `${text} s`;
}

/** Formats a duration as `350 µs`, `1.2 ms`, `3 s` or `10 min`. */
export function durationText(ns: number): string {
  const units = [
    [60e9, 'min'],
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ] as const;
  for (const [size, unit] of units) {
    if (ns >= size) return `${Number((ns / size).toPrecision(3))} ${unit}`;
  }
  return `${ns} ns`;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  ns: 1,
  min: 60e9,
  m: 60e9,
};

/** Parses a time to ns; undefined if the text is no time. A number without a unit means seconds. */
export function parseTime(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-zµ]*)\s*$/i.exec(text) ?? [];
  const size = UNITS[(unit ?? '').toLowerCase()];
  return number === undefined || size === undefined ? undefined : Number(number) * size;
}
