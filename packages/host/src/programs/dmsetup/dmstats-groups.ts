// dmstats-groups.ts — The groups of dmstats(8): several regions that are reported as one. Mirrors libdm/libdm-stats.c: dm_stats_create_group, dm_stats_delete_group.
//
// The kernel knows no groups. The first region of one, its leader, keeps the list of the members in its text:
// `DMS_GROUP=ALIAS:0-2,4#TEXT`, where TEXT is what the caller had put there.
import { complain, refuse } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Call } from './dmstats-call.ts';
import { PROGRAM, regionsOf, regionsOfProgram, send } from './dmstats-call.ts';
import type { Group, Region } from './dmstats-objects.ts';
import { formatIds, isIn, leaderOf, parseIds } from './dmstats-objects.ts';

const MIXED_CLOCKS =
  'WARNING: Grouping regions with different clock resolution: precision may be lost.\n';

/** What the kernel keeps as the text of a leader: the list of its group, then the text of its own. */
const textOfGroup = (alias: string, members: readonly number[], ownText: string): string =>
  `DMS_GROUP=${alias}:${formatIds(members)}#${ownText}`;

/** `create --segments`: the regions that were just made become a group. False if that failed, which has been said. */
export function* groupSegments(call: Call, cell: HashCell, made: readonly string[]): Task<boolean> {
  const all = yield* regionsOf(call, cell);
  const grouped = all === null ? null : yield* group(call, cell, made, all);
  if (grouped !== null) call.t.out.put(`${grouped}\n`);
  return grouped !== null;
}

/** Makes a group of the regions with these ids, led by the first. Returns the words that tell of it; null if the kernel refused, which has been said. */
function* group(
  call: Call,
  cell: HashCell,
  ids: readonly string[],
  all: readonly Region[],
): Task<string | null> {
  const [first = ''] = ids;
  const members = all.filter(({ id }) => ids.includes(id));
  if (new Set(members.map(({ precise }) => precise)).size > 1)
    yield* complain(call.t, MIXED_CLOCKS);
  const alias = call.value('alias') ?? '';
  const text = members.find(({ id }) => id === first)?.userData ?? '-';
  const aux = textOfGroup(alias, ids.map(Number), text);
  if ((yield* send(call, cell, `@stats_set_aux ${first} ${aux}`)) === null) return null;
  const named = alias === '' ? '' : ` with alias ${alias}`;
  const list = call.value('regions') ?? ids.join(',');
  return `Grouped regions ${list} as group ID ${first}${named}`;
}

/** `dmstats group --regions`. False if it failed, which has been said. */
export function* groupRegions(call: Call, cell: HashCell): Task<boolean> {
  const { t, value } = call;
  const list = value('regions') ?? '';
  const ids = parseIds(list) ?? [];
  // It looks for regions of dmstats itself, whatever --programid and --allprograms say.
  const all = yield* regionsOfProgram(call, cell, PROGRAM);
  if (all === null) return false;
  const problem = whyNoGroup(list, ids, all);
  if (problem !== null) {
    yield* complain(t, `${problem}\nCould not create group on ${cell.name}: ${list}\n`);
    return false;
  }
  const grouped = yield* group(call, cell, ids.map(String), all);
  if (grouped !== null) t.out.put(`${grouped} on ${cell.name}\n`);
  return grouped !== null;
}

/** What dmstats complains of in the list of --regions; null: these regions can form a group. */
function whyNoGroup(list: string, ids: readonly number[], all: readonly Region[]): string | null {
  if (all.length === 0) return 'Could not create group: no regions found.';
  if (ids.length === 0) return `Could not parse list: '${list}'`;
  const last = Math.max(...all.map(({ id }) => Number(id)));
  const beyond = ids.findLast((id) => id > last);
  if (beyond !== undefined) return `Invalid region ID: ${beyond}`;
  const missing = ids.find((id) => all.every((region) => region.id !== String(id)));
  if (missing !== undefined) return `Region ID ${missing} does not exist`;
  for (const id of ids) {
    const leader = leaderOf(all, id);
    if (leader !== undefined) return `Region ID ${id} already a member of group ID ${leader.id}`;
  }
  return null;
}

/** Takes a region that is about to be deleted out of its group. Its leader takes the whole group with it. False if the kernel refused. */
export function* leaveGroup(
  call: Call,
  cell: HashCell,
  { id, all }: { readonly id: string; readonly all: readonly Region[] },
): Task<boolean> {
  const leader = leaderOf(all, Number(id));
  if (leader?.leads == null || leader.id === id) return true;
  const { alias, members } = leader.leads;
  const rest = members.filter((member) => member !== Number(id));
  const aux = textOfGroup(alias, rest, leader.userData);
  return (yield* send(call, cell, `@stats_set_aux ${leader.id} ${aux}`)) !== null;
}

/** The region that leads the group of --groupid. */
const namedLeader = ({ value }: Call, regions: readonly Region[]): Region | undefined =>
  regions.find(({ id, leads }) => leads !== null && id === value('groupid'));

/** `dmstats ungroup`: the group is no more, and its regions stay. False if it failed, which has been said. */
export function* ungroup(call: Call, cell: HashCell): Task<boolean> {
  const regions = yield* regionsOf(call, cell);
  if (regions === null) return false;
  const leader = namedLeader(call, regions);
  const id = call.value('groupid') ?? '';
  // The real one says that it has removed even a group that is not there.
  call.t.out.put(`Removed group ID ${id} on ${cell.name}\n`);
  if (leader !== undefined)
    return (yield* send(call, cell, `@stats_set_aux ${id} ${leader.userData}`)) !== null;
  const isBeyond = regions.length > 0 && regions.every((region) => Number(region.id) < Number(id));
  const why = isBeyond ? `Invalid group ID: ${id}` : `Group ID ${id} does not exist`;
  const what = `${why}\nCould not delete group ${id} on ${cell.name}.\n`;
  yield* complain(call.t, what);
  return false;
}

/** `dmstats delete --groupid`: the group goes with all of its regions. False if the kernel refused. */
export function* deleteGroup(
  call: Call,
  cell: HashCell,
  regions: readonly Region[],
): Task<boolean> {
  const leader = namedLeader(call, regions) ?? refuse(call.t, 'a group that is not there');
  const { leads, id } = leader;
  const group = leads as Group;
  for (const one of regions)
    if (isIn(one, group) && (yield* send(call, cell, `@stats_delete ${one.id}`)) === null)
      return false;
  call.t.out.put(`Deleted statistics group ${id}.\n`);
  return true;
}
