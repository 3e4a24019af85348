// rules.case.ts — A contract is a list of rules; an implementation may be let off one, with a reason that is shown.
import { expect, it } from 'vitest';

export interface Skip {
  readonly reason: string;
  readonly tests: readonly string[];
}

export type Rule<T> = readonly [name: string, check: (subject: T) => void];

export function testRules<T>(
  rules: readonly Rule<T>[],
  skip: readonly Skip[],
  createSubject: () => T,
): void {
  const unknown = skip
    .flatMap(({ tests }) => tests)
    .find((test) => !rules.some(([name]) => name === test));
  if (unknown !== undefined) throw new Error(`there is no rule "${unknown}"`);
  for (const [name, check] of rules) {
    const skipped = skip.find(({ tests }) => tests.includes(name));
    const why = skipped === undefined ? '' : ` (${skipped.reason})`;
    it.skipIf(skipped !== undefined)(`${name}${why}`, () => {
      expect.hasAssertions();
      check(createSubject());
    });
  }
}
