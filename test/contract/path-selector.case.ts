// path-selector.case.ts — The contract of every path selector, whoever wrote it: the rules of the kit, as tests.
import { createSelectorGroup, SELECTOR_RULES } from '@dmsim/kit';
import type { SelectorArgs } from '@dmsim/kit';
import type { PathSelectorType } from '@dmsim/multipath';
import { describe, expect } from 'vitest';

import type { Rule, Skip } from './rules.case.ts';
import { testRules } from './rules.case.ts';

export interface SelectorContract extends SelectorArgs {
  readonly skip?: readonly Skip[];
}

type Group = ReturnType<typeof createSelectorGroup>;

const RULES = SELECTOR_RULES.map(([name, rule]): Rule<Group> => {
  function holds(group: Group): void {
    expect(rule(group)).toBeNull();
  }
  return [name, holds];
});

export function selectorContract(type: PathSelectorType, options: SelectorContract = {}): void {
  describe(`path selector ${type.name}`, () => {
    testRules(RULES, options.skip ?? [], () => createSelectorGroup(type, options));
  });
}
