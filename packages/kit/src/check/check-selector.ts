// check-selector.ts — Checks a path selector of one's own: its rules, then whole schedules of path losses under load.
import type { PathSelectorType } from '@dmsim/multipath';
import { PATH_SELECTORS, selectorFault } from '@dmsim/multipath';

import { anySchedule } from '../arbitraries/schedules.ts';
import type { Kinds } from '../check-options.ts';
import {
  aFunction,
  anObject,
  checkArgument,
  checkOptions,
  listOf,
  text,
} from '../check-options.ts';
import { PATHS } from '../schedule.ts';
import { check } from './check.ts';
import type { CheckOptions } from './search.ts';
import { CHECK_OPTIONS } from './search.ts';
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

/** Its own type of paths may have less than they really have, as in the file that `dmsim new selector` writes. */
export type SelectorToCheck<State, Context> = Omit<
  PathSelectorType<State, Context>,
  'selectPath'
> & {
  selectPath(state: State, nrBytes: number): { context: Context } | null;
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
export function checkSelector<State, Context>(
  selector: SelectorToCheck<State, Context>,
  options: CheckSelectorOptions = {},
): void {
  checkOptions('checkSelector', options, OPTIONS);
  checkArgument('checkSelector: the selector', selector, anObject);
  const type = selector as unknown as PathSelectorType;
  const fault = selectorFault(type) ?? takenName(type);
  if (fault !== undefined) throw new SelectorUnfit(`${nameOf(type)}: ${fault}`);
  const { skip = [], selectorArgs = [], pathArgs = () => [], runs = RUNS, ...search } = options;
  refuseUnknownRules(skip);
  const broken = SELECTOR_RULES.filter(([name]) => !skip.includes(name)).flatMap(
    ([name, rule]): BrokenRule[] =>
      tried(name, () => rule(createSelectorGroup(type, { selectorArgs, pathArgs }))),
  );
  if (broken.length > 0) throw unfit(type.name, broken);
  const selectors = [{ type, file: `the selector ${type.name}` }];
  const ownSelector = {
    name: type.name,
    args: selectorArgs,
    pathArgs: Array.from({ length: PATHS }, (_, index) => pathArgs(index)),
  };
  check(anySchedule({ ownSelector }), { ...search, runs, selectors });
}

const nameOf = ({ name = 'a selector without a name' }: Partial<PathSelectorType>): string => name;

const takenName = ({ name }: PathSelectorType): string | undefined =>
  PATH_SELECTORS.some((other) => other.name === name) ? 'Linux has one of that name' : undefined;

function refuseUnknownRules(skip: readonly string[]): void {
  const unknown = skip.find((name) => !SELECTOR_RULES.some(([rule]) => rule === name));
  if (unknown === undefined) return;
  const names = SELECTOR_RULES.map(([name]) => `  ${name}`).join('\n');
  throw new RangeError(`there is no rule "${unknown}"; the rules are:\n${names}`);
}

interface BrokenRule {
  readonly rule: string;
  readonly wrong: string;
  /** The error of a hook that threw, or that answered something wrong. */
  readonly cause?: unknown;
}

/** A hook that throws breaks the rule. */
function tried(rule: string, act: () => string | null): BrokenRule[] {
  try {
    const wrong = act();
    return wrong === null ? [] : [{ rule, wrong }];
  } catch (cause) {
    return [{ rule, wrong: (cause as Error).message, cause }];
  }
}

/** A hook that throws does so in most rules: that is told once. Rules that are broken in other ways may be meant to be. */
function unfit(name: string, broken: readonly BrokenRule[]): SelectorUnfit {
  const threw = broken.filter(({ cause }) => cause !== undefined);
  const others = broken.filter(({ cause }) => cause === undefined);
  const lines = [...new Set(threw.map(({ wrong }) => wrong))].map((wrong) =>
    thrownText(wrong, threw),
  );
  for (const { rule, wrong } of others) lines.push(`${name} breaks the rule "${rule}": ${wrong}`);
  if (threw.length === 0) lines.push(skipText(others));
  const [first] = threw;
  return new SelectorUnfit(lines.join('\n'), first && { cause: causeOf(first.cause) });
}

function thrownText(wrong: string, threw: readonly BrokenRule[]): string {
  const [first, ...more] = threw.filter((each) => each.wrong === wrong);
  const others = more.length === 0 ? '' : ` and by ${more.length} more`;
  return `${wrong} (found by the rule "${first?.rule ?? ''}"${others})`;
}

function skipText(broken: readonly BrokenRule[]): string {
  const names = broken.map(({ rule }) => `  '${rule}',\n`).join('');
  return `If that is what the selector is for: checkSelector(…, { skip: [\n${names}] })`;
}

/** The user's own error, which names the line; the one around it names the hook, as the message does. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error;
