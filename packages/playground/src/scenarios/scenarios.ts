// scenarios.ts — The labs that the page offers, with their captions: the files of docs/labs, and later the incidents.
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

import { scenariosOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** The page begins with the first one. */
const FIRST = [
  'replug',
  'noflush-or-flush',
  'queue-if-no-path-timeout',
  'path-flapping',
  'lost-port',
];

const rank = ({ name }: Scenario): number => {
  const i = FIRST.indexOf(name);
  return i < 0 ? FIRST.length : i;
};

export const SCENARIOS: readonly Scenario[] = scenariosOf(
  import.meta.glob<string>('../../../../docs/labs/*.sh', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).toSorted((a, b) => rank(a) - rank(b));

export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** As the menu shows them. */
export const scenarioGroups: Signal<readonly ScenarioGroup[]> = signal([
  { title: 'Labs', scenarios: SCENARIOS },
]);

/** The page calls this once it shows the first lab: what went wrong elsewhere can wait. */
export function loadIncidents(): void {
  if (scenarioGroups.value.length > 1) return;
  import('./incidents.ts').then(
    ({ INCIDENTS }) => {
      scenarioGroups.value = [
        { title: 'Labs', scenarios: SCENARIOS },
        { title: 'Incidents', scenarios: INCIDENTS },
      ];
    },
    () => undefined,
  );
}
