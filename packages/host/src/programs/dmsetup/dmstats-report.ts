// dmstats-report.ts — `dmstats list` and `dmstats report`. Mirrors libdm/dm-tools/dmsetup.c: _stats_list, _stats_report.
import { complain, refuse } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Call } from './dmstats-call.ts';
import { cellOf, cellsOfAll, failed, regionsOf, send } from './dmstats-call.ts';
import type { SizeText } from './dmstats-fields.ts';
import { humanSize, plainSize, statsFields } from './dmstats-fields.ts';
import { parseCounters } from './dmstats-lines.ts';
import type { Counters, Region, StatsObject, Walk } from './dmstats-objects.ts';
import { objectsOf } from './dmstats-objects.ts';
import { REPORT_HELP } from './report/field-help.ts';
import type { Field } from './report/report.ts';
import {
  canonical,
  chooseFields,
  chooseSort,
  columnsOf,
  formatReport,
  styleOf,
} from './report/report.ts';
import type { Selection } from './report/selection.ts';
import { isSelected, parseSelection } from './report/selection.ts';
import { isStatistic } from './report/statistics.ts';

type Word = 'list' | 'report';

const NAME = 'stats_name,group_id,region_id,obj_type';

/** The fields of a list, without -o and with -v. Those of a report are rates, which real time makes. */
const PLACE = 'region_start,region_len,area_count';
const FIELDS_OF_LIST = `${NAME},${PLACE},area_len,program_id`;
const VERBOSE_FIELDS_OF_LIST = `${NAME},${PLACE},area_id,area_start,area_len,program_id`;

/** Fields whose text has a unit, so that it can't be compared. */
const SIZES: ReadonlySet<string> = new Set(
  'region_start region_len area_start area_len area_offset'.split(' '),
);

/** `dmstats list` or `dmstats report` of the named devices, or of all. Returns the exit status. */
export function* showStats(call: Call, word: Word, names: readonly string[]): Task<number> {
  const { t } = call;
  const known = statsFields(sizeTextOf(call));
  const fields = yield* fieldsOf(call, word, known);
  if (fields === null) return 1;
  // What only the sort needs is added to the fields, and not shown.
  const shown = fields.length;
  const sort = chooseSort(call.value('O') ?? '', known, fields);
  if ('unknown' in sort) return refuse(t, `--sort ${sort.unknown}`);
  const size = sort.map(({ column }) => fields[column]?.id ?? '').find((id) => SIZES.has(id));
  if (size !== undefined) return refuse(t, `--sort ${size}`);
  const selection = yield* selectionOf(call, known);
  if (selection === 'wrong') return yield* failed(t);
  const objects: StatsObject[] = [];
  const cells = names.length > 0 ? names.map((name) => cellOf(call, name)) : cellsOfAll(call);
  for (const cell of cells) {
    if (cell === undefined) return yield* failed(t, 'Device does not exist.\n');
    const found = yield* objectsAt(call, word, cell);
    if (found === null) return yield* failed(t);
    objects.push(...found.filter((object) => isChosen(object, known, selection)));
  }
  const rows = objects.map((object) => fields.map(({ show }) => show(object) as string));
  const columns = columnsOf(fields, shown);
  t.out.put(formatReport({ columns, types: new Set(), style: styleOf(call), sort, rows }));
  return 0;
}

/** -S. Null: all. `wrong`: it makes no sense, which has been said. */
function* selectionOf(
  { t, value }: Call,
  known: readonly Field<StatsObject>[],
): Task<Selection | null | 'wrong'> {
  const text = (value('S') ?? '').trim();
  if (text === '') return null;
  const selection = parseSelection(text, (word) => {
    const field = known.find(({ id }) => canonical(id) === canonical(word));
    if (field === undefined ? isStatistic(word) : SIZES.has(field.id)) refuse(t, `-S ${word}`);
    return field && { id: field.id, numeric: field.numeric === true };
  });
  if (!('error' in selection)) return selection;
  yield* complain(t, `${selection.error}\n`);
  return 'wrong';
}

const isChosen = (
  object: StatsObject,
  known: readonly Field<StatsObject>[],
  selection: Selection | null,
): boolean => selection === null || isSelected(selection, (id) => comparable(object, known, id));

/** DM_STATS_GROUP_NOT_PRESENT, DM_STATS_REGIONS_ALL */
const NONE = String(2n ** 64n - 1n);

/** The value of a field, as a selection compares it: a group is no region. */
function comparable(object: StatsObject, known: readonly Field<StatsObject>[], id: string): string {
  if (id === 'region_id') return object.kind === 'group' ? NONE : object.region.id;
  if (id === 'group_id') return object.group?.id ?? NONE;
  return known.find((field) => field.id === id)?.show(object) as string;
}

/** The lines for one device: its areas, regions and groups, as far as they are shown. Null if the map did not answer, which has been said. */
function* objectsAt(call: Call, word: Word, cell: HashCell): Task<StatsObject[] | null> {
  const regions = yield* regionsOf(call, cell);
  if (regions === null) return null;
  const counters = word === 'list' ? new Map() : yield* countersOf(call, cell, regions);
  return counters === null ? null : objectsOf(cell, regions, walkOf(call, word), counters);
}

/** What is shown by --area, --region and --group; without them a list shows regions and groups, a report all that has counters of its own. */
function walkOf({ has }: Call, word: Word): Walk {
  const areas = has('area');
  const regions = has('region');
  const groups = has('group');
  if (areas || regions || groups) return { areas, regions, groups };
  const all = word === 'report' || has('v');
  return { areas: all, regions: all ? 'wide' : true, groups: true };
}

/** The counters of these regions. A report clears what it shows. Null if the map did not answer, which has been said. */
function* countersOf(
  call: Call,
  cell: HashCell,
  regions: readonly Region[],
): Task<Counters | null> {
  const counters = new Map<string, bigint[][]>();
  for (const { id } of regions) {
    const text = yield* send(call, cell, `@stats_print_clear ${id}`);
    if (text === null) return null;
    counters.set(id, parseCounters(text));
  }
  return counters;
}

/** The fields of -o. Null if one is unknown, which has been said. */
function* fieldsOf(
  { t, value, has }: Call,
  word: Word,
  known: readonly Field<StatsObject>[],
): Task<Field<StatsObject>[] | null> {
  const asked = value('o') ?? '+';
  if (word === 'report' && asked.startsWith('+'))
    return refuse(t, 'a report of rates: name its fields with -o');
  const usual = has('v') ? VERBOSE_FIELDS_OF_LIST : FIELDS_OF_LIST;
  const list = asked === '+' ? usual : asked.replace(/^\+/, `${usual},`);
  const fields = chooseFields(list, known);
  if (!('unknown' in fields)) return [...fields];
  const lacking = isStatistic(fields.unknown) || REPORT_HELP.includes(`  ${fields.unknown} `);
  if (lacking) return refuse(t, `-o ${fields.unknown}`);
  yield* complain(t, `${REPORT_HELP}Unrecognised field: ${fields.unknown}\n`);
  return null;
}

function sizeTextOf({ t, value }: Call): SizeText {
  const units = value('units') ?? 'h';
  if (units === 'h') return humanSize;
  return units === 's' ? plainSize : refuse(t, `--units ${units}`);
}
