// further-scenarios.ts — The files of docs/labs but the first, and of docs/labs/incidents. Loaded once the page is there.
import { scenariosOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** These come before the others. */
const EARLY = ['noflush-or-flush', 'queue-if-no-path-timeout', 'path-flapping', 'lost-port'];

const rank = ({ name }: Scenario): number => {
  const i = EARLY.indexOf(name);
  return i < 0 ? EARLY.length : i;
};

export const LABS: readonly Scenario[] = scenariosOf(
  import.meta.glob<string>(['../../../../docs/labs/*.sh', '!**/replug.sh'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).toSorted((a, b) => rank(a) - rank(b));

/** Problems that people had. */
export const INCIDENTS: readonly Scenario[] = scenariosOf(
  import.meta.glob<string>('../../../../docs/labs/incidents/*.sh', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
