// multipath-wwids.ts — `multipath -a`, `-w`, `-W`: changes the wwids file.
import type { Task } from '@dmsim/sim';

import { multipathMaps } from '../dm/dm-maps.ts';
import { tellVersions } from '../libraries.ts';
import { rememberWwid, removeWwid, resetWwids } from '../names/wwids.ts';
import type { Run } from './multipath.ts';
import { tellNoScope, wwidOfReference } from './reference.ts';

export function* addWwid({ session, output, reference }: Run): Task<number> {
  if (reference === null) return 0;
  const wwid = yield* wwidOfReference(session, reference, { blacklist: true });
  if (wwid === null) {
    tellNoScope(session, reference);
    return 1;
  }
  const isThere = (yield* rememberWwid(session, wwid)) !== null;
  output.out(isThere ? `wwid '${wwid}' added\n` : `failed adding '${wwid}' to wwids file\n`);
  return isThere ? 0 : 1;
}

export function* dropWwid({ session, output, reference }: Run): Task<number> {
  if (reference === null) return 1;
  const wwid = yield* wwidOfReference(session, reference, { blacklist: false });
  if (wwid === null) {
    tellNoScope(session, reference);
    return 1;
  }
  const removed = yield* removeWwid(session, wwid);
  if (removed === null) return 1;
  output.out(removed ? `wwid '${wwid}' removed\n` : `wwid '${wwid}' not in wwids file\n`);
  return 0;
}

/** Keeps only the WWIDs of maps that there are. */
export function* resetWwidsFile({ session, output }: Run): Task<number> {
  tellVersions(session);
  const wwids = multipathMaps(session.host.dm).map(({ wwid }) => wwid);
  if (!(yield* resetWwids(session, wwids))) return 1;
  output.out('successfully reset wwids\n');
  return 0;
}
