// setup.ts — `-c`: chooses the fields and their form, and adds rows to the report.
import { complain } from '@dmsim/coreutils';
import type { HashCell } from '@dmsim/dm';
import { allCells, deviceInfo } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { DeviceFilter, RowSink, Run } from '../run.ts';
import { logError } from '../run.ts';
import { splitName } from '../split-name.ts';
import { buildTree } from '../tree/dep-tree.ts';
import type { DepTree } from '../tree/dep-tree.ts';
import { chooseSelection } from './choose-selection.ts';
import { REPORT_HELP } from './field-help.ts';
import type { ReportRow } from './fields.ts';
import { FIELDS } from './fields.ts';
import type { Field, Report } from './report.ts';
import { chooseFields, chooseSort, columnsOf, formatReport, styleOf } from './report.ts';
import { fieldsOf, isSelected } from './selection.ts';
import type { Selection } from './selection.ts';
import { isStatistic } from './statistics.ts';

const DEFAULT_FIELDS = 'name,major,minor,attr,open,segments,events,uuid';
const SPLIT_NAME_FIELDS = 'vg_name,lv_name,lv_layer';

/** The report of a command, which `addDevice` fills. */
interface DeviceReport extends Report {
  readonly fields: readonly Field<ReportRow>[];
  readonly tree: DepTree | null;
  /** True if the list of fields was asked for, or statistics, which no device keeps here: then there are no rows. */
  readonly muted: boolean;
  /** Null: all devices. */
  readonly selection: Selection | null;
}

/** Null if a field is unknown, or the selection makes no sense; the error has been printed. */
export function* createReport(run: Run, command: string): Task<RowSink | null> {
  const chosen = yield* chosenFields(run, command);
  if (chosen === null) return null;
  const { fields: shown, helps } = chosen;
  const visible = shown.length;
  const selection = yield* chooseSelection(run);
  if (selection === 'help') return NOTHING;
  if (selection === 'wrong') return null;
  const sort = chooseSort(run.switches.value('O') ?? '', FIELDS, shown);
  if ('unknown' in sort)
    return yield* unknownField(run, `dm_report: Unrecognised field: ${sort.unknown}`);
  if (helps) yield* complain(run.tool, REPORT_HELP);
  const keys = selection === null ? [] : fieldsOf(selection);
  shown.push(...FIELDS.filter((field) => keys.includes(field.id) && !shown.includes(field)));
  const report = makeReport(run, shown, { visible, sort, muted: chosen.muted, selection });
  return {
    addDevice: (cell) => addDevice(run, report, cell),
    addName: (split) => addRow(report, { run, cell: null, info: null, split, tree: null }),
    text() {
      const text = formatReport(report);
      report.rows.length = 0;
      return text;
    },
  };
}

function* unknownField(run: Run, error: string): Task<null> {
  yield* complain(run.tool, REPORT_HELP);
  yield* logError(run, error);
  return null;
}

interface ChosenFields extends Pick<DeviceReport, 'muted'> {
  readonly fields: Field<ReportRow>[];
  /** The list of fields was asked for. */
  readonly helps: boolean;
}

/** The fields of -o. Null if one is unknown. */
function* chosenFields(run: Run, command: string): Task<ChosenFields | null> {
  const defaults = command === 'splitname' ? SPLIT_NAME_FIELDS : DEFAULT_FIELDS;
  const asked = run.switches.value('o') ?? defaults;
  const list = asked.startsWith('+') ? `${defaults},${asked.slice(1)}` : asked;
  const words = list.split(',');
  const known = words.filter((word) => !isHelp(word) && !isStatistic(word));
  const muted = known.length < words.length;
  const fields = muted && known.length === 0 ? [] : chooseFields(known.join(','), FIELDS);
  if ('unknown' in fields) return yield* unknownField(run, `Unrecognised field: ${fields.unknown}`);
  return { fields: [...fields], helps: words.some(isHelp), muted };
}

/** With -S help: the list of fields was all that was asked for. */
const NOTHING: RowSink = {
  addDevice: () => ready(true),
  addName: () => ready(true),
  text: () => '',
};

interface ReportChoice extends Pick<DeviceReport, 'sort' | 'muted' | 'selection'> {
  /** So many fields are shown; those after them are sorted or selected by. */
  readonly visible: number;
}

function makeReport(
  run: Run,
  fields: readonly Field<ReportRow>[],
  { visible, sort, muted, selection }: ReportChoice,
): DeviceReport {
  const types = new Set(fields.map(({ type }) => type));
  return {
    columns: columnsOf(fields, visible),
    types,
    style: styleOf(run.switches),
    sort,
    rows: [],
    fields,
    tree: types.has('tree') ? treeOf(run) : null,
    muted,
    selection,
  };
}

/** Lists all devices. Prints that there are none, as the report itself does. */
function treeOf(run: Run): ReturnType<typeof buildTree> {
  if (allCells(run.dm).length === 0) run.tool.out.put('No devices found\n');
  return buildTree(run);
}

const isHelp = (word: string): boolean => word === 'help' || word === '?';

/** Adds a device. False if one of its fields can't be shown. */
const addDevice = (run: Run, report: DeviceReport, cell: HashCell): Task<boolean> =>
  addRow(report, rowOf(run, cell, report.tree));

function rowOf(run: Run, cell: HashCell, tree: DepTree | null): ReportRow {
  const inactive = run.switches.has('inactive');
  const subsystem =
    cell.uuid?.includes('-') === true ? cell.uuid.slice(0, cell.uuid.indexOf('-')) : '';
  const split = splitName(subsystem, cell.name);
  return { run, cell, info: deviceInfo(cell, { inactive }), split, tree };
}

function* addRow(report: DeviceReport, row: ReportRow): Task<boolean> {
  if (report.muted) return true;
  const values = yield* valuesOf(report.fields, row);
  if (values === null) return false;
  const { selection, fields } = report;
  const passes = selection === null || isSelected(selection, valueIn(fields, values));
  const flag = fields.findIndex((field) => field.id === 'selected');
  // A report that shows or sorts by the flag has every device.
  if (flag >= 0 && isAskedFor(report, flag)) values[flag] = passes ? '1' : '0';
  else if (!passes) return true;
  report.rows.push(values);
  return true;
}

const isAskedFor = ({ columns, sort }: DeviceReport, index: number): boolean =>
  columns[index]?.hidden === false || sort.some(({ column }) => column === index);

const valueIn =
  (fields: readonly Field<ReportRow>[], values: readonly string[]) =>
  (id: string): string =>
    values[fields.findIndex((field) => field.id === id)] ?? '';

/** Null if a field can't be shown; the error has been printed. */
function* valuesOf(fields: readonly Field<ReportRow>[], row: ReportRow): Task<string[] | null> {
  const values: string[] = [];
  for (const field of fields) {
    const shown = field.show(row);
    if (typeof shown === 'string') {
      values.push(shown);
      continue;
    }
    yield* logError(row.run, shown.error);
    if (shown.value === undefined) {
      yield* logError(row.run, `_do_report_object: report function failed for field ${field.id}`);
      return null;
    }
    values.push(shown.value);
  }
  return values;
}

/** -S of a command that makes no report. Null: all devices. */
export function* createFilter(run: Run): Task<DeviceFilter | null | 'wrong' | 'help'> {
  const selection = yield* chooseSelection(run);
  if (selection === null || typeof selection === 'string') return selection;
  const keys = fieldsOf(selection);
  const fields = FIELDS.filter(({ id }) => keys.includes(id));
  return (cell) => isWanted(run, cell, { selection, fields });
}

interface Wanted {
  readonly selection: Selection;
  readonly fields: readonly Field<ReportRow>[];
}

function* isWanted(run: Run, cell: HashCell, { selection, fields }: Wanted): Task<boolean> {
  const tree = fields.some(({ type }) => type === 'tree') ? buildTree(run) : null;
  const values = yield* valuesOf(fields, rowOf(run, cell, tree));
  return values !== null && isSelected(selection, valueIn(fields, values));
}
