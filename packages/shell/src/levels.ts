// levels.ts — $SHLVL: how deep shells are nested.

/** At this level bash warns and starts to count anew. */
export const HIGHEST_LEVEL = 1000;

/** The level that follows from the value of $SHLVL; anything but a decimal number counts as 0. */
export function shellLevel(value: string | undefined, change: 1 | -1): number {
  const old = /^\s*[-+]?\d+\s*$/.test(value ?? '') ? Number(value) : 0;
  return Math.max(old + change, 0);
}
