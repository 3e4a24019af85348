// The contract of every latency model.
import type { Latency } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

export interface LatencyCase {
  readonly name: string;
  /** A new one each time, of that seed. */
  readonly create: (seed: number) => Latency;
  /** ns; null where there is none, or it depends on what else goes on. */
  readonly mean: number | null;
}

const DRAWS = 20_000;
const BYTES = 4096;

export function latencyModelContract({ name, create, mean }: LatencyCase): void {
  const draw = (latency: Latency, now: number): number => latency.draw(latency.state, now, BYTES);
  const series = (seed: number, count: number): number[] => {
    const latency = create(seed);
    return Array.from({ length: count }, (_, i) => draw(latency, i * 1e6));
  };

  describe(`latency model ${name}`, () => {
    it('has a name', () => {
      expect(create(1).name).toMatch(/^[a-z]+$/);
    });

    it('draws whole nanoseconds, none of them below zero', () => {
      for (const ns of series(1, 2000)) {
        expect(Number.isInteger(ns)).toBe(true);
        expect(ns).toBeGreaterThanOrEqual(0);
      }
    });

    it('draws the same from the same seed', () => {
      expect(series(7, 500)).toEqual(series(7, 500));
    });

    it('keeps its chance to itself: another model of another seed in between changes nothing', () => {
      const [alone, disturbed, other] = [create(3), create(3), create(4)];
      for (let i = 0; i < 200; i++) {
        draw(other, i * 1e6);
        expect(draw(disturbed, i * 1e6)).toBe(draw(alone, i * 1e6));
      }
    });

    it.skipIf(mean === null)('has the mean that it was given, within 3 %', () => {
      const drawn = series(11, DRAWS);
      const found = drawn.reduce((sum, ns) => sum + ns, 0) / DRAWS;
      expect(Math.abs(found / (mean ?? 1) - 1)).toBeLessThan(0.03);
    });
  });
}
