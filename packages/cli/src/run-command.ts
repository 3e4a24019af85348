// run-command.ts — dmsim run LAB.
import { beginLab, createMachine, judged, placeOf } from '@dmsim/host';
import type { Machine } from '@dmsim/host';
import type { Violation } from '@dmsim/observe';
import { writeLog, writeTimeline } from '@dmsim/observe';
import { formatSeconds } from '@dmsim/sim';
import { namesFile, placeVariables } from '@dmsim/study';
import type { StudyFile } from '@dmsim/study';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { faultContext } from './fault.ts';
import { reportParting } from './options/replay-option.ts';
import { importUserCode, optionsOfFiles, userSources } from './plugins/load-plugins.ts';
import { catchInterrupts, dieOf } from './process/interrupts.ts';
import type { Interrupt } from './process/interrupts.ts';
import { output, writeAll } from './process/standard-streams.ts';
import { createProgress } from './progress.ts';
import { readLab } from './read-lab.ts';
import { driveLab } from './run/drive-lab.ts';
import type { OutputFile } from './run/output-file.ts';
import { openOutput } from './run/output-file.ts';
import type { Ending } from './run/report.ts';
import { report } from './run/report.ts';
import { RUN_HELP } from './run/run-help.ts';
import type { RunOptions } from './run/run-options.ts';
import { parseRunOptions } from './run/run-options.ts';
import { tellDescriptors } from './run/tell-descriptors.ts';
import { tellMisplaced } from './run/tell-misplaced.ts';

async function run(argv: readonly string[]): Promise<number> {
  const options = parseRunOptions(argv);
  const text = options.text ?? readLab(options.lab);
  const code = await importUserCode(await userSources(options.userFiles));
  const machine = createMachine({
    ...options.machine,
    ...code,
    limits: options.bounds.limits,
  });
  // Before the first file is made: a signal that ended this process at once would leave its temporary file behind.
  catchInterrupts();
  const files = openFiles(machine, options);
  // A replay has its own arguments: those of the run that was found.
  if (!options.quiet && options.replayed === null) tellMisplaced(options.misplaced, options.lab);
  faultContext.where = () => whereIn(machine);
  const started = process.cpuUsage();
  const result = await runAndWrite(machine, options, { text, files });
  if (options.replayed !== null) reportParting(options.replayed.replay);
  const { user, system } = process.cpuUsage(started);
  if (!options.quiet) tellDescriptors(machine, text);
  const status = report(result, {
    options,
    virtual: machine.sim.now,
    cpuMs: (user + system) / 1000,
  });
  return endedFromOutside(result) ?? status;
}

/** The files keep what happened, however the run ends; where nothing did, they stay what they were. */
async function runAndWrite(
  machine: Machine,
  options: RunOptions,
  { text, files }: { readonly text: string; readonly files: readonly RunFile[] },
): Promise<Ending> {
  let violations: readonly Violation[] = [];
  try {
    const ending = await runToEnd(machine, options, text);
    ({ violations } = ending);
    return ending;
  } finally {
    for (const file of files) {
      if (machine.sim.events === 0) file.abandon();
      else file.finish(violations);
    }
  }
}

async function runToEnd(
  machine: Machine,
  { name, args, text: given, variables, bounds, stopOnBroken }: RunOptions,
  text: string,
): Promise<Ending> {
  const progress = createProgress();
  const lab = beginLab(machine, {
    name,
    text,
    fromCommandLine: given !== null,
    args,
    env: placeVariables(machine, variables, filesOf(variables)),
    limits: { until: bounds.virtualTime, maxEvents: bounds.events },
    onOutput(fd, bytes) {
      progress.clear();
      writeAll(fd, bytes);
    },
  });
  try {
    const proven: Violation[] = [];
    const torn = { yet: false };
    const onTorn = (): void => {
      torn.yet = true;
      proven.push(...lab.violations);
    };
    const outcome = await driveLab(machine, lab, { bounds, progress, stopOnBroken, onTorn });
    const found = lab.end(outcome.kind);
    return judged(machine, outcome, torn.yet ? proven : found);
  } finally {
    progress.clear();
  }
}

const filesOf = (variables: RunOptions['variables']): readonly StudyFile[] =>
  Object.values(variables)
    .filter(namesFile)
    .map((path) => ({ name: path, text: readLab(path) }));

interface RunFile {
  finish(violations: readonly Violation[]): void;
  abandon(): void;
}

function openFiles(machine: Machine, options: RunOptions): RunFile[] {
  const { lab, userFiles, trace, log } = options;
  const inputs = [lab, ...optionsOfFiles(userFiles).map(([, file]) => file)];
  const files: RunFile[] = [];
  if (trace !== null) files.push(startTrace(machine, openOutput(trace, { inputs })));
  try {
    if (log !== null) files.push(startLog(machine, openOutput(log, { inputs })));
  } catch (error) {
    for (const file of files) file.abandon();
    throw error;
  }
  return files;
}

function startTrace(machine: Machine, file: OutputFile): RunFile {
  const timeline = writeTimeline(machine, (text) => file.write(text));
  return {
    finish(violations) {
      for (const violation of violations) timeline.mark(violation);
      timeline.finish();
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}

function startLog(machine: Machine, file: OutputFile): RunFile {
  const log = writeLog(machine, (text) => file.write(text));
  return {
    finish(violations) {
      log.finish();
      for (const { at, invariant, message } of violations)
        file.write(`${formatSeconds(at)} BROKEN ${invariant}: ${message}\n`);
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}

/** `lab.sh:3: dd: at 5.001 s: `, for a fault of dmsim. */
const whereIn = ({ sim }: Machine): string =>
  `${placeOf(sim.current ?? sim.failed)}at ${formatSeconds(sim.now)} s: `;

/** Ended by a signal, this process dies of that signal; `main` tells of an output that failed. */
function endedFromOutside({ outcome }: Ending): number | null {
  if (outcome.kind !== 'cut' || outcome.by.startsWith('-')) return null;
  if (output.failure === null) dieOf(outcome.by as Interrupt);
  return EXIT.INTERNAL_ERROR;
}

export const runCommand: Command = {
  name: 'run',
  operands: '[OPTION]... LAB [ARGUMENT]...',
  summary: 'runs a lab on a simulated machine',
  help: RUN_HELP,
  run,
};
