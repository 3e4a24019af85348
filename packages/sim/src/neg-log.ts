// neg-log.ts — The logarithm for exponential times, computed with the four basic operations only: the standard leaves the last
// digits of Math.log to the engine, and a run must be the same in every browser. It is also faster.

/** Steps of the mantissa between 1 and 2, with the logarithm of each step's middle. */
const STEPS = 256;
const THIRD = 1 / 3;
/** By the number of leading zeros of a 32-bit integer: the factor that scales it to between 1 and 2, and the logarithm of its power. */
const scale = new Float64Array(33);
const power = new Float64Array(33);
const inverse = new Float64Array(STEPS);
const logarithm = new Float64Array(STEPS);

for (let zeros = 0; zeros <= 32; zeros++) {
  scale[zeros] = 2 ** (zeros - 31);
  // -ln(2^(31 - zeros) / 2^32)
  power[zeros] = (zeros + 1) * Math.LN2;
}
for (let i = 0; i < STEPS; i++) {
  const middle = 1 + (i + 0.5) / STEPS;
  inverse[i] = 1 / middle;
  logarithm[i] = series(middle);
}

/** ln x = 2 artanh((x - 1) / (x + 1)) */
function series(x: number): number {
  const t = (x - 1) / (x + 1);
  let sum = 0;
  for (let n = 39; n >= 1; n -= 2) sum = sum * t * t + 1 / n;
  return 2 * t * sum;
}

/**
 * -ln((n + 1/2) / 2^32) of an unsigned 32-bit integer: never 0, never infinite, within 4e-12. The terms don't depend on each
 * other, so that the processor can compute them in parallel.
 */
export function negLog(n: number): number {
  const zeros = Math.clz32(n);
  const mantissa = (n + 0.5) * (scale[zeros] as number);
  const i = (mantissa * STEPS) & (STEPS - 1);
  // The distance from the step's middle is at most 1/513, so three terms of the series are enough.
  const r = mantissa * (inverse[i] as number) - 1;
  const rest = (power[zeros] as number) - (logarithm[i] as number) - r;
  return rest + r * r * (0.5 - r * THIRD);
}
