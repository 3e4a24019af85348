// multipath-flush.ts — `multipath -f` and `-F`: removes maps.
import { allCells } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { isMultipathMap } from '../dm/dm-maps.ts';
import { flushMap } from '../dm/flush-map.ts';
import { logIfMissing } from '../dm/libdm-error.ts';
import { plainName } from '../dm/mangled-name.ts';
import { tellVersions } from '../libraries.ts';
import type { Run } from './multipath.ts';

/** Less than none is as if nothing had been said. */
const retriesOf = ({ session, options: { retries } }: Run): number =>
  retries === null || retries < 0 ? Number(defaultOf(session.config, 'remove_retries')) : retries;

/** The map by its name alone. */
export function* flushOne(call: Run): Task<number> {
  const { session, reference } = call;
  const { name, word } = reference?.kind === 'map' ? reference : { name: '', word: '' };
  tellVersions(session);
  if (!isMultipathMap(session.host.dm, name)) {
    logIfMissing(session, name);
    session.log.put(0, `${word} is not a multipath device`);
    return 1;
  }
  const result = yield* flushMap(session, name, { suspend: true, retries: retriesOf(call) });
  return result === 'busy' ? 1 : 0;
}

export function* flushAll(call: Run): Task<number> {
  const { session } = call;
  let status = 0;
  tellVersions(session);
  const { dm } = session.host;
  for (const cell of allCells(dm)) {
    const name = plainName(cell.name);
    // Partitions have gone with their map.
    logIfMissing(session, name);
    if (!isMultipathMap(dm, name)) continue;
    const result = yield* flushMap(session, name, { suspend: true, retries: retriesOf(call) });
    if (result === 'busy') status = 1;
  }
  return status;
}
