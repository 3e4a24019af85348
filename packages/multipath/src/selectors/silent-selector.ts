// silent-selector.ts — Finds selectors that choose no path although there are some, while I/O waits.
import type { Multipath } from '../multipath.ts';

/** Names of the selectors whose groups have active paths, while I/O waits and no group is in use. */
export function silentSelectors(m: Multipath): string[] {
  const waits = m.queuedBios.length > 0 || (m.md.disk?.queue?.waiting ?? 0) > 0 || requeued(m);
  if (!waits || m.currentPg !== null || m.nrValidPaths === 0) return [];
  const groups = m.priorityGroups.filter((pg) => pg.pgpaths.some(({ active }) => active));
  return [...new Set(groups.map(({ selector }) => selector.name))];
}

const requeued = ({ md }: Multipath): boolean => (md.disk?.queue?.requeued.length ?? 0) > 0;
