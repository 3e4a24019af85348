// run-once.ts — One run of a study: a lab with its variables, a workload and faults beside it, a seed; and what came of it.
import type { Drive, MachineOptions } from '@dmsim/host';
import { createMachine, runLab, writeFile } from '@dmsim/host';
import type { LabOptions, LabResult, Machine } from '@dmsim/host';
import { decodeUtf8 } from '@dmsim/libc';
import { asError } from '@dmsim/sim';

import type { RunResult } from './run-result.ts';
import { resultOf } from './run-result.ts';

/** A file of the study: the name that messages show, and what is in it. */
export interface StudyFile {
  readonly name: string;
  readonly text: string;
}

/** The setup that all runs of a study share. */
export interface Study {
  readonly lab: StudyFile;
  /** A job file of fio, which starts when the lab has ended. */
  readonly workload: StudyFile | null;
  /** A script that is started together with the workload. */
  readonly fault: StudyFile | null;
  /** Files that values of variables name: a run finds each under another path, which is the variable's value there. */
  readonly files: readonly StudyFile[];
  /** Watches the invariants in every run. */
  readonly checkInvariants: boolean;
}

/** The settings that differ from run to run. */
export interface RunTask {
  /** Set in the environment of the lab, the fault script and the job file. */
  readonly variables: Readonly<Record<string, string>>;
  readonly seed: number;
}

export type RunOutcome =
  | { readonly kind: 'done'; readonly result: RunResult }
  /** It cannot be counted: `message` says what happened, in a line. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The simulator threw it. */
  | {
      readonly kind: 'crashed';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };

const FOLDER = '/run/study';
/** A day: a lab that loops for ever ends here. */
const MAX_VIRTUAL_TIME = 86_400e9;

/** Writes to standard error that are kept, to tell why a run cannot be counted. */
const MAX_ERRORS = 100;

/** The whole run is a lab: the study's own, then its workload. */
function scriptOf({ lab, workload, fault }: Study): string {
  const lines = [`. ${FOLDER}/lab.sh`];
  // The first line of a lab says what the machine is to have.
  if (/^[^\n]*#udev/.test(lab.text)) lines.unshift('#udev');
  if (workload !== null) {
    if (fault !== null) lines.push(`bash ${FOLDER}/fault.sh &`);
    lines.push(`fio --output-format=json --output=${FOLDER}/report.json ${FOLDER}/workload.fio`);
    lines.push(`echo $? > ${FOLDER}/status`);
  }
  return `${lines.join('\n')}\n`;
}

const pathOf = (files: readonly StudyFile[], i: number): string =>
  `${FOLDER}/files/${i}/${files[i]?.name.replace(/^.*\//, '') ?? ''}`;

/** Writes the files, and returns the variables: one whose value is the name of a file is the path of that file on the machine. */
export function placeVariables(
  machine: Machine,
  variables: RunTask['variables'],
  files: readonly StudyFile[],
): [name: string, value: string][] {
  for (const [i, { text }] of files.entries()) writeFile(machine, pathOf(files, i), text);
  return Object.entries(variables).map(([name, value]) => {
    const i = files.findIndex((file) => file.name === value);
    return [name, i < 0 ? value : pathOf(files, i)];
  });
}

export function runOnce(
  study: Study,
  task: RunTask,
  {
    drive,
    ...code
  }: Pick<MachineOptions, 'selectors' | 'targets' | 'plugins' | 'invariants'> & {
    readonly drive?: Drive;
  },
): RunOutcome {
  const machine = createMachine({ seed: task.seed, ...code });
  writeFile(machine, `${FOLDER}/lab.sh`, study.lab.text);
  if (study.workload !== null) writeFile(machine, `${FOLDER}/workload.fio`, study.workload.text);
  if (study.fault !== null) writeFile(machine, `${FOLDER}/fault.sh`, study.fault.text);
  const errors: string[] = [];
  const options: LabOptions = {
    name: study.lab.name,
    text: scriptOf(study),
    env: placeVariables(machine, task.variables, study.files),
    onOutput: (fd, bytes) => {
      if (fd === 2 && errors.length < MAX_ERRORS) errors.push(decodeUtf8(bytes));
    },
    checkInvariants: study.checkInvariants,
    limits: { maxEvents: Infinity, until: MAX_VIRTUAL_TIME },
  };
  let ended: LabResult;
  try {
    ended = runLab(machine, options, drive);
  } catch (error) {
    return crashed(error);
  }
  const { outcome, violations } = ended;
  const [violation] = violations;
  if (violation !== undefined)
    return failed(`an invariant broke: ${violation.invariant}: ${violation.message}`);
  switch (outcome.kind) {
    case 'exited':
      return finished(study, machine, errors.join(''));
    case 'refused':
      return failed(rename(study, outcome.message));
    case 'hung':
      return failed(`nothing could go on: ${outcome.report[0] ?? ''}`);
    case 'limit':
      return failed(`stopped by the limit ${outcome.limit}: ${outcome.message}`);
  }
}

function crashed(thrown: unknown): RunOutcome {
  const { name, message, stack = '' } = asError(thrown);
  return { kind: 'crashed', name, message, stack };
}

const failed = (message: string): RunOutcome => ({ kind: 'failed', message });

/** Messages name a file as the user did. A place in the script around the lab is one in none of the user's files. */
function rename({ lab, workload, fault }: Study, message: string): string {
  const own = `${lab.name}:`;
  const isOfWorkload = workload !== null && message.startsWith(own) && /:\d+: fio: /.test(message);
  const text = isOfWorkload ? message.replace(/^.*?:\d+: /, `${workload.name}: `) : message;
  return text
    .replaceAll(`${FOLDER}/lab.sh`, lab.name)
    .replaceAll(`${FOLDER}/workload.fio`, workload?.name ?? '')
    .replaceAll(`${FOLDER}/fault.sh`, fault?.name ?? '');
}

/** A workload that could not begin is no result; one whose I/O failed is. */
function finished(study: Study, machine: Machine, errors: string): RunOutcome {
  const { workload, measures, unmeasured } = machine.records;
  // A figure that is a text, say: the others alone would pass for all that was measured.
  if (unmeasured !== null) return failed(unmeasured);
  const [line = ''] = rename(study, errors).trim().split('\n');
  if (study.workload !== null && (workload === null || workload.started === null))
    return failed(line === '' ? 'the workload did no I/O' : line);
  // A run without any figure has most likely failed to measure what it meant to.
  if (study.workload === null && measures.size === 0 && line !== '') return failed(line);
  return { kind: 'done', result: resultOf(machine) };
}
