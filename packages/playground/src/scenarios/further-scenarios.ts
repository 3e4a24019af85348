// further-scenarios.ts — The labs of the tutorial, of docs/labs, and of docs/labs/incidents. Loaded once the page is there.
import { scenariosOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** The labs that `names` lists come first, in its order. */
function inOrder(all: readonly Scenario[], names: readonly string[]): readonly Scenario[] {
  const rank = ({ name }: Scenario): number => {
    const i = names.indexOf(name);
    return i < 0 ? names.length : i;
  };
  return all.toSorted((a, b) => rank(a) - rank(b));
}

export const TUTORIAL: readonly Scenario[] = inOrder(
  scenariosOf(
    import.meta.glob<string>('../../../../docs/labs/tutorial/*.sh', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ),
  ['paths', 'lost', 'swap'],
);

export const LABS: readonly Scenario[] = inOrder(
  scenariosOf(
    import.meta.glob<string>('../../../../docs/labs/*.sh', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ),
  ['noflush-or-flush', 'queue-if-no-path-timeout', 'path-flapping', 'lost-port'],
);

/** Problems that people had. */
export const INCIDENTS: readonly Scenario[] = scenariosOf(
  import.meta.glob<string>('../../../../docs/labs/incidents/*.sh', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
