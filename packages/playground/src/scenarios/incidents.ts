// incidents.ts — What went wrong elsewhere, as labs: the files of docs/labs/incidents. Loaded once the page is there.
import { scenariosOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

export const INCIDENTS: readonly Scenario[] = scenariosOf(
  import.meta.glob<string>('../../../../docs/labs/incidents/*.sh', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
