// rename-partitions.ts — Partitions of a map follow its name. Mirrors libmultipath/devmapper.c: dm_rename_partmaps.
import type { Task } from '@dmsim/sim';

import { textOf } from '../config/settings.ts';
import { partitionMaps } from '../dm/partition-maps.ts';
import { renameMap } from '../dm/simple-command.ts';
import type { Session } from '../session.ts';

export function* renamePartitions(session: Session, from: string, to: string): Task<void> {
  const configured = textOf(session.config.defaults, 'partition_delimiter');
  for (const part of partitionMaps(session.host.dm, from)) {
    if (!part.startsWith(from)) continue;
    const suffix = part.slice(from.length).replace(/^\D*/, '');
    const delimiter = configured ?? (/\d$/.test(to) ? 'p' : '');
    yield* renameMap(session, part, { to: `${to}${delimiter}${suffix}` });
  }
}
