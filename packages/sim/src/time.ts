// time.ts — Virtual time: an integer number of nanoseconds in a JavaScript number (2^53 ns is 104 days).

/** Nanoseconds of virtual time, an integer. */
export type Nanos = number;

export const micros = (n: number): Nanos => Math.round(n * 1e3);
/** Milliseconds as nanoseconds. */
export const millis = (n: number): Nanos => Math.round(n * 1e6);
export const seconds = (n: number): Nanos => Math.round(n * 1e9);

/** `12.345678` as the kernel's log prints it: seconds, six decimals, truncated. */
export function formatSeconds(at: Nanos): string {
  const us = Math.floor(at / 1e3);
  return `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;
}
