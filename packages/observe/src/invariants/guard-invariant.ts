// guard-invariant.ts — An invariant from outside: if it throws, its error ends the run, and no other invariant is blamed for that.
import type { Check, Finding, Invariant } from './invariant.ts';

/** The fault lies in the invariant that the message names. `cause` is what it threw. */
export class InvariantThrew extends Error {
  override readonly name = 'InvariantThrew';
  readonly invariant: Invariant;
  readonly hook: InvariantHook;

  constructor({ invariant, hook }: RunningInvariant, what: string, cause?: unknown) {
    super(`the invariant "${invariant.name}": ${hook} ${what}`, { cause });
    this.invariant = invariant;
    this.hook = hook;
  }
}

export type InvariantHook = 'start' | keyof Check;

export interface RunningInvariant {
  readonly invariant: Invariant;
  readonly hook: InvariantHook;
}

/** What becomes of the guarded invariants of one run. */
export interface Guarded {
  /** The first fault of one of them: RxJS would end all checks for it. None of them is called after it. */
  fault: InvariantThrew | null;
  /** The hook that is being called. One that was broken off never ends: it stays here, and none is called after it. */
  running: RunningInvariant | null;
}

export const createGuarded = (): Guarded => ({ fault: null, running: null });

/** The same invariant, whose first error is put into `guarded`. */
export function guardInvariant(invariant: Invariant, guarded: Guarded): Invariant {
  const { name, meaning, points } = invariant;
  return {
    name,
    meaning,
    points,
    start(run) {
      const report = (finding: Finding): void => run.report(checkedFinding(finding));
      const starting = { invariant, hook: 'start' } as const;
      const check = attempt(guarded, starting, () => invariant.start({ ...run, report }));
      if (guarded.fault === null && typeof check?.see !== 'function')
        guarded.fault = new InvariantThrew(starting, 'answered no object with a function see');
      const seeing = { invariant, hook: 'see' } as const;
      const ending = { invariant, hook: 'end' } as const;
      return {
        see: (event) => attempt(guarded, seeing, () => check?.see(event)),
        end: (at) => attempt(guarded, ending, () => check?.end?.(at)),
      };
    },
  };
}

function attempt<T>(guarded: Guarded, hook: RunningInvariant, call: () => T): T | undefined {
  if (guarded.fault !== null || guarded.running !== null) return undefined;
  guarded.running = hook;
  try {
    return call();
  } catch (cause) {
    guarded.fault = new InvariantThrew(hook, reasonOf(cause), cause);
    return undefined;
  } finally {
    // A watchdog that breaks the hook off leaves this out.
    guarded.running = null;
  }
}

/** Says of itself what happened, where `threw` would not be the word. */
export class HookStuck extends Error {
  override readonly name = 'HookStuck';
}

function reasonOf(cause: unknown): string {
  if (cause instanceof HookStuck) return cause.message;
  return cause instanceof Error ? `threw: ${cause.message}` : 'threw';
}

/** What has no message or no time could not be told to anyone. */
function checkedFinding(finding: Finding): Finding {
  const { message, at } = Object(finding) as Partial<Finding>;
  if (typeof message !== 'string' || typeof at !== 'number')
    throw new TypeError('report takes { message, at }, a text and a number of ns');
  return finding;
}
