// time-text.ts — Virtual time as people read and type it.

/** `4.013 s`, to the microsecond where there is something. */
export function timeText(ns: number): string {
  const micros = Math.round(ns / 1000);
  const text = (micros / 1e6).toFixed(6).replace(/0{1,3}$/, '');
  return `${text} s`;
}

/** `350 µs`, `1.2 ms`, `3 s`, `10 min` */
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

/** ns; undefined for what is no time. Without a unit: seconds. */
export function parseTime(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-zµ]*)\s*$/i.exec(text) ?? [];
  const size = UNITS[(unit ?? '').toLowerCase()];
  return number === undefined || size === undefined ? undefined : Number(number) * size;
}
