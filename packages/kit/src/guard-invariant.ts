// guard-invariant.ts — An invariant from outside: if it throws, its error ends the run, and no other invariant is blamed for that.
import type { Invariant } from '@dmsim/observe';

/** The fault lies in the invariant that the message names. `cause` is what it threw. */
export class InvariantThrew extends Error {
  override readonly name = 'InvariantThrew';
}

/** The same invariant. The first error that it throws is put into `thrown`: RxJS would end all checks for it. */
export function guardInvariant(invariant: Invariant, thrown: InvariantThrew[]): Invariant {
  const attempt = <T>(hook: string, call: () => T): T | undefined => {
    if (thrown.length > 0) return undefined;
    try {
      return call();
    } catch (cause) {
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      thrown.push(
        new InvariantThrew(`the invariant "${invariant.name}": ${hook} threw${reason}`, { cause }),
      );
      return undefined;
    }
  };
  const { name, meaning, points } = invariant;
  return {
    name,
    meaning,
    points,
    start(run) {
      const check = attempt('start', () => invariant.start(run));
      return {
        see: (event) => attempt('see', () => check?.see(event)),
        end: (at) => attempt('end', () => check?.end?.(at)),
      };
    },
  };
}
