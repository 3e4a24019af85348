// scenarios.ts — The labs that the page offers, with their captions: the first one, and later all others.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

import replug from '../../../../docs/labs/replug.sh?raw';
import type { Scenario } from './scenario.ts';

/** The scenario that the page begins with. */
export const FIRST_SCENARIO: Scenario = { name: 'replug', text: replug };

export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** The groups of the menu, in its order. */
export const scenarioGroups: Signal<readonly ScenarioGroup[]> = signal([
  { title: 'Labs', scenarios: [FIRST_SCENARIO] },
]);

/** The page calls this once it shows the first lab: the others can wait. */
export function loadScenarios(): void {
  if (scenarioGroups.value.length > 1) return;
  import('./further-scenarios.ts').then(
    ({ INCIDENTS, LABS, TUTORIAL }) => {
      const others = LABS.filter(({ name }) => name !== FIRST_SCENARIO.name);
      scenarioGroups.value = [
        { title: 'Tutorial', scenarios: TUTORIAL },
        { title: 'Labs', scenarios: [FIRST_SCENARIO, ...others] },
        { title: 'Incidents', scenarios: INCIDENTS },
      ];
    },
    () => undefined,
  );
}
