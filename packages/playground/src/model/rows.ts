// rows.ts — The events of a run as rows: the records of its trace, and the changes that surveys saw.
import { DM_TRACE } from '@dmsim/dm';
import type { EventKind, Recording } from '@dmsim/observe';
import {
  createTraceEvent,
  decode,
  eventKind,
  eventWords,
  lastUpTo,
  nameIn,
  readRecord,
  surveyAt,
  surveyChanges,
  timeOf,
} from '@dmsim/observe';
import { SHELL_TRACE } from '@dmsim/shell';
import { RECORD_WIDTH, SIM_TRACE, unpackName } from '@dmsim/sim';

import type { Interference, RunResult, RunSpec } from '../engine/run.ts';
import { LAB_NAME } from '../engine/run.ts';

export type RowKind = EventKind | 'command' | 'change';

export interface Row {
  /** The number of records once the event has happened. */
  readonly nth: number;
  readonly at: number;
  readonly kind: RowKind;
  /** The device's `devNumber`; 0 if the event is about no device. */
  readonly dev: number;
  /** The bio's id; 0 if the event is about no bio. */
  readonly bio: number;
  /** The line of the lab, from 1; 0 if the event is no command of the lab. */
  readonly line: number;
  /** The words that only this row has; `rowWords` derives all others. */
  readonly text: string;
}

export interface RowWords {
  readonly text: string;
  readonly kernel: string;
  readonly file: string;
}

const BLOCK_FIRST = 1;
const BLOCK_LAST = 49;
const ABOUT_DEVICES = DM_TRACE.dm_map.code;

export function rowsOf({ interference }: RunSpec, result: RunResult): Row[] {
  const { recording } = result;
  const rows: Row[] = [];
  let deed = 0;
  const deedsUpTo = (nth: number): void => {
    for (; (result.done[deed]?.startedAt ?? Infinity) <= nth; deed++) {
      const { text, by } = interference[deed] as Interference;
      rows.push(deedRow(recording, nth, by === 'interrupt' ? 'Ctrl-C' : text));
    }
  };
  const ours = new Set([result.labPid]);
  let survey = 0;
  const changesUpTo = (nth: number): void => {
    for (; (recording.surveys[survey]?.nth ?? Infinity) <= nth; survey++) {
      rows.push(...changeRows(recording, survey));
    }
  };
  for (let nth = 1; nth <= recording.count; nth++) {
    changesUpTo(nth - 1);
    deedsUpTo(nth - 1);
    rows.push(recordRow(recording, nth, ours));
  }
  changesUpTo(recording.count);
  deedsUpTo(recording.count);
  return rows;
}

const deedRow = (recording: Recording, nth: number, text: string): Row => ({
  nth,
  at: timeOf(recording, nth),
  kind: 'change',
  dev: 0,
  bio: 0,
  line: 0,
  text: `by hand: ${text}`,
});

function changeRows({ surveys }: Recording, i: number): Row[] {
  const now = surveys[i];
  const before = surveys[i - 1];
  if (now === undefined || before === undefined) return [];
  const { nth, at } = now;
  return surveyChanges(before.survey, now.survey).map(({ dev, text }) => ({
    nth,
    at,
    kind: 'change' as const,
    dev,
    bio: 0,
    line: 0,
    text,
  }));
}

function recordRow({ records, names }: Recording, nth: number, ours: Set<number>): Row {
  const i = (nth - 1) * RECORD_WIDTH;
  const at = records[i] as number;
  const point = records[i + 1] as number;
  const a = records[i + 2] as number;
  const b = records[i + 3] as number;
  const c = records[i + 4] as number;
  if (point === SIM_TRACE.sched_process_fork.code && ours.has(b)) ours.add(a);
  if (point === SHELL_TRACE.sh_command.code) {
    const file = names[c] ?? '';
    const line = ours.has(a) && file === LAB_NAME ? b : 0;
    const text = line > 0 ? '' : `a shell runs line ${b} of ${file}`;
    return { nth, at, kind: 'command', dev: 0, bio: 0, line, text };
  }
  const kind = eventKind(point) ?? 'process';
  const dev = isAboutDevice(point) ? a : 0;
  return { nth, at, kind, dev, bio: ABOUT_BIOS.has(kind) ? b : 0, line: 0, text: '' };
}

const isAboutDevice = (point: number): boolean =>
  (point >= BLOCK_FIRST && point <= BLOCK_LAST) || point >= ABOUT_DEVICES;

const ABOUT_BIOS: ReadonlySet<RowKind> = new Set(['bio', 'request', 'verdict', 'queue']);

const event = createTraceEvent();

export function rowWords(row: Row, recording: Recording, lines: readonly string[]): RowWords {
  if (row.kind === 'change') return { text: row.text, kernel: '', file: '' };
  if (row.kind === 'command') {
    const text =
      row.line > 0 ? `line ${row.line}: ${(lines[row.line - 1] ?? '').trim()}` : row.text;
    return { text, kernel: '', file: '' };
  }
  readRecord(event, recording.records, (row.nth - 1) * RECORD_WIDTH);
  const device = (dev: number): string => nameAt(recording, row.nth, dev);
  if (event.point === SIM_TRACE.sched_process_fork.code) {
    return { ...FORK, text: `${commandOf(recording, event.dev)} (process ${event.dev}) starts` };
  }
  if (event.point === SIM_TRACE.sched_submits.code) return { ...SUBMITS, text: submitterText() };
  const text = (n: number): string => recording.names[n] ?? '';
  return eventWords(event, { device, text }) ?? { text: '', kernel: '', file: '' };
}

/** If the event removed the device, the survey before it still has its name; if it is being created, the next one has it. */
function nameAt(recording: Recording, nth: number, dev: number): string {
  const { surveys } = recording;
  const next = surveys[lastUpTo(surveys, nth) + 1]?.survey;
  const candidates = [surveyAt(recording, nth), surveyAt(recording, nth - 1)];
  if (next !== undefined) candidates.push(next);
  const names = candidates.map((survey) => nameIn(survey, dev));
  return names.find((name) => !name.includes(':')) ?? names[0] ?? '';
}

/** The log leaves these out: they only say whose the next bios are. */
function submitterText(): string {
  const { pid, comm0, comm1, comm2 } = decode(event, SIM_TRACE.sched_submits);
  return pid === 0
    ? 'the kernel has I/O of its own'
    : `${unpackName(comm0, comm1, comm2)} (process ${pid}) has I/O to submit`;
}

const SUBMITS = { kernel: '', file: 'block/src/submit-bio.ts' };

const FORK = { kernel: 'fork.c: kernel_clone', file: 'sim/src/process.ts' };

/** Returns the last name that a process had: the program that it executes, not the one that it was forked from. */
const commands = new WeakMap<Recording, Map<number, string>>();

export function commandOf(recording: Recording, pid: number): string {
  let known = commands.get(recording);
  if (known === undefined) {
    known = new Map();
    for (const { survey } of recording.surveys) {
      for (const process of survey.processes) known.set(process.pid, process.name);
    }
    commands.set(recording, known);
  }
  return known.get(pid) ?? 'a process';
}

const DECISIONS: ReadonlySet<RowKind> = new Set(['verdict', 'queue', 'suspend', 'table', 'path']);

/** Whether the kernel decided something here. These steps tell the story. */
export const isDecision = ({ kind }: Row): boolean => DECISIONS.has(kind);

export const isLabCommand = ({ kind, line }: Row): boolean => kind === 'command' && line > 0;
