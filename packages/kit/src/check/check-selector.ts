// check-selector.ts — Checks a path selector of one's own: its rules, then whole schedules of path losses under load.
import type { PathSelectorType } from '@dmsim/multipath';
import { selectorFault } from '@dmsim/multipath';

import { anySchedule } from '../arbitraries/schedules.ts';
import type { Kinds } from '../check-options.ts';
import { aFunction, checkOptions, listOf, text } from '../check-options.ts';
import { PATHS } from '../schedule.ts';
import type { CheckOptions } from './check.ts';
import { check, CHECK_OPTIONS } from './check.ts';
import type { SelectorArgs } from './selector-rules.ts';
import { createSelectorGroup, SELECTOR_RULES } from './selector-rules.ts';

export interface CheckSelectorOptions
  extends
    Pick<CheckOptions, 'runs' | 'seed' | 'path' | 'strategy' | 'slack' | 'invariants'>,
    SelectorArgs {
  /** Rules that it breaks on purpose, by their names: one that prefers a path gives no fair shares. @defaultValue none */
  readonly skip?: readonly string[];
}

const { runs, seed, path, strategy, slack, invariants } = CHECK_OPTIONS;
const OPTIONS: Kinds<CheckSelectorOptions> = {
  runs,
  seed,
  path,
  strategy,
  slack,
  invariants,
  selectorArgs: listOf(text),
  pathArgs: aFunction,
  skip: listOf(text),
};

/** Thrown by `checkSelector` when a rule is broken. */
export class SelectorUnfit extends Error {
  override readonly name = 'SelectorUnfit';
}

/** Runs of the schedules, unless said otherwise. */
const RUNS = 300;

/**
 * Throws `SelectorUnfit` when a rule is broken, and `CheckFailed` when an invariant is, or when a run of the schedules does not
 * come to its end: I/O that is never sent, though a path could take it, is found so.
 */
export function checkSelector(type: PathSelectorType, options: CheckSelectorOptions = {}): void {
  checkOptions('checkSelector', options, OPTIONS);
  const fault = selectorFault(type);
  if (fault !== undefined) throw new SelectorUnfit(`${type.name}: ${fault}`);
  const { skip = [], selectorArgs = [], pathArgs = () => [], runs = RUNS, ...search } = options;
  const unknown = skip.find((name) => !SELECTOR_RULES.some(([rule]) => rule === name));
  if (unknown !== undefined) throw new RangeError(`there is no rule "${unknown}"`);
  const broken = SELECTOR_RULES.filter(([name]) => !skip.includes(name)).flatMap(
    ([name, rule]): string[] => {
      const wrong = tried(() => rule(createSelectorGroup(type, { selectorArgs, pathArgs })));
      return wrong === null ? [] : [`${type.name} breaks the rule "${name}": ${wrong}`];
    },
  );
  if (broken.length > 0) throw new SelectorUnfit(broken.join('\n'));
  const selectors = [{ type, file: `the selector ${type.name}` }];
  const ownSelector = {
    name: type.name,
    args: selectorArgs,
    pathArgs: Array.from({ length: PATHS }, (_, index) => pathArgs(index)),
  };
  check(anySchedule({ ownSelector }), { ...search, runs, selectors });
}

/** A hook that throws breaks the rule. */
function tried(rule: () => string | null): string | null {
  try {
    return rule();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
