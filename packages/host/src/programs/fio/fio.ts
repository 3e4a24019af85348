// fio.ts — fio 3.33: the program, which runs the jobs and prints their reports. After fio's backend.c: fio_backend, run_threads.
import type { BlockDevice } from '@dmsim/block';
import { complain, openPath, readWhole, refuse, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { fromBinary } from '@dmsim/libc';
import type { Process, Signal, Task } from '@dmsim/sim';
import { setDisposition, SIGNALS, spawn, takeTrapped, wakeUp, waitForExit } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { diskTotals } from '../../disk-totals.ts';
import type { Machine } from '../../machine.ts';
import { workloadOf } from '../../run-records.ts';
import type { CommandLine, Format } from './command-line.ts';
import { parseCommandLine } from './command-line.ts';
import { diskUtil, printDiskUtil, watchDisks } from './disk-util.ts';
import { HELP } from './help.ts';
import type { Section } from './job-file.ts';
import { parseJobFile } from './job-file.ts';
import { createOffsets, smallest } from './offsets.ts';
import { printJson } from './print-json.ts';
import { announceJob, didAnything, printGroup, printReport } from './print-normal.ts';
import type { Job, JobList } from './read-jobs.ts';
import { readJobs } from './read-jobs.ts';
import { groupsOf, reportsOf } from './report-group.ts';
import { runThread } from './run-thread.ts';
import { logFiles } from './sample-logs.ts';
import { openTargets } from './target-file.ts';
import { failureText } from './thread-stats.ts';
import type { Thread } from './thread.ts';
import { bufferBytes, createThread } from './thread.ts';
import { HEADER } from './verify.ts';

export function fioProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const parsed = parseCommandLine(t.args);
  switch (parsed.kind) {
    case 'version':
      t.out.put('fio-3.33\n');
      return 0;
    case 'help':
      t.out.put(HELP);
      return 0;
    case 'error':
      yield* complain(t, parsed.message);
      return 1;
    case 'refused':
      return refuse(t, parsed.what);
    case 'run':
      return yield* runJobs(t, machine, parsed.line);
  }
}

function* runJobs(t: Tool, machine: Machine, line: CommandLine): Task<number> {
  const sections = yield* allSections(t, line);
  if (typeof sections === 'string') {
    yield* complain(t, sections);
    return 1;
  }
  const list = readJobs(sections, line);
  if ('kind' in list) {
    if (list.kind === 'refused') refuse(t, list.what);
    yield* complain(t, list.message);
    return 1;
  }
  if (list.jobs.length === 0) {
    yield* complain(t, 'No job(s) defined\n\n');
    t.out.put(HELP);
    return 1;
  }
  if (line.parseOnly) return 0;
  const bytes = list.jobs.reduce((sum, { options }) => sum + bufferBytes(options), 0);
  if (bytes > MAX_BUFFERS) refuse(t, `buffers of ${bytes} bytes, more than ${MAX_BUFFERS}`);
  for (const { options } of list.jobs) {
    if (options.verification.kind !== 'none' && smallest(options.blockSizes.write) < HEADER)
      refuse(t, `verify= with blocks of less than ${HEADER} bytes`);
  }
  return yield* new Run(t, machine, { line, list }).go();
}

/** The most bytes that all jobs together may have in flight: iodepth times block size times numjobs. */
const MAX_BUFFERS = 2 ** 28;

/** Returns the sections of the files, in order, then those of the command line. A text is an error. */
function* allSections(
  t: Tool,
  { files, sections }: CommandLine,
): Task<readonly Section[] | string> {
  const all: Section[] = [];
  for (const name of files) {
    const file =
      name === '-' ? t.context.fds.get(0) : yield* openPath(t, name, { read: true, write: false });
    if (file === undefined || typeof file === 'string')
      return `fio: unable to open '${name}' job file\n`;
    const text = yield* readWhole(t, file);
    if (typeof text !== 'string') return `fio: unable to open '${name}' job file\n`;
    const parsed = parseJobFile(text, t.context.env);
    if ('error' in parsed) return parsed.error;
    all.push(...parsed);
  }
  const written = sections.map((section) =>
    section.isGlobal
      ? section
      : { ...section, options: [{ name: 'name', value: section.name }, ...section.options] },
  );
  return [...all, ...written];
}

interface Plan {
  readonly line: CommandLine;
  readonly list: JobList;
}

const STOPPING: readonly Signal[] = [SIGNALS.INT, SIGNALS.TERM];

/** One run of all jobs, which share the program's output and the signals that end it. */
class Run {
  readonly #t: Tool;
  readonly #machine: Machine;
  readonly #plan: Plan;
  readonly #threads: Thread[] = [];
  readonly #failed: string[] = [];
  #errors = 0;
  #stoppedBy: Signal | null = null;

  constructor(t: Tool, machine: Machine, plan: Plan) {
    this.#t = t;
    this.#machine = machine;
    this.#plan = plan;
  }

  *go(): Task<number> {
    const { line, list } = this.#plan;
    const normal = line.formats.includes('normal');
    if (normal) this.#announce(list.jobs);
    for (const job of list.jobs) yield* this.#setUp(job);
    yield* this.#t.out.flush();
    for (const signal of STOPPING) setDisposition(this.#t.process, signal, 'trap');
    const disks = new Set<BlockDevice>();
    for (const { targets } of this.#threads)
      for (const { dev } of targets) if (dev !== null) disks.add(dev);
    const workload = workloadOf(this.#machine.records);
    if (workload.started === null) workload.disksBefore = diskTotals(this.#machine);
    const watched = watchDisks(this.#machine, disks);
    const since = this.#machine.sim.now;
    yield* this.#runGroups(list.jobs);
    const util = diskUtil(watched, { now: this.#machine.sim.now, since });
    yield* this.#say();
    yield* this.#print(line.formats, util);
    yield* this.#writeLogs();
    return this.#stoppedBy !== null ? 128 : Math.min(255, this.#errors);
  }

  #announce(jobs: readonly Job[]): void {
    const { out } = this.#t;
    for (const job of jobs) out.put(announceJob(job));
    out.put('fio-3.33\n');
    const count = (threads: boolean): number =>
      jobs
        .filter(({ options }) => options.thread === threads)
        .reduce((sum, { options }) => sum + options.numjobs, 0);
    const parts = [];
    if (count(true) > 0) parts.push(`${count(true)} thread${count(true) > 1 ? 's' : ''}`);
    if (count(false) > 0) parts.push(`${count(false)} process${count(false) > 1 ? 'es' : ''}`);
    out.put(`Starting ${parts.join(' and ')}\n`);
  }

  /** Opens the files of each copy of a job. */
  *#setUp(job: Job): Task<void> {
    const { options } = job;
    if (options.timeBased && options.runtime === null) {
      yield* this.#fail('fio: time_based requires a runtime/timeout setting\n');
      return;
    }
    for (let copy = 0; copy < options.numjobs; copy++) {
      const context = { t: this.#t, machine: this.#machine, options, job: job.name };
      const targets = yield* openTargets(context);
      if ('messages' in targets) {
        const said = targets.messages.map((message) => `${message}\n`).join('');
        const { failure } = targets;
        const how = failure === null ? '' : `fio: pid=0, ${failureText(failure)}\n`;
        yield* this.#fail(said + how);
        return;
      }
      const offsets = [];
      for (const { extent } of targets) {
        const made = createOffsets(options, extent);
        if (typeof made === 'string') return yield* this.#fail(`${made}\n`);
        offsets.push(made);
      }
      const { sim, records } = this.#machine;
      const number = this.#threads.length + 1;
      const record = workloadOf(records);
      this.#threads.push(createThread({ job, number, sim, targets, offsets, record }));
    }
  }

  *#fail(message: string): Task<void> {
    this.#errors++;
    this.#failed.push(message);
    yield* complain(this.#t, message);
  }

  /** Runs the jobs. A job with stonewall waits for all jobs before it. */
  *#runGroups(jobs: readonly Job[]): Task<void> {
    let running: Process[] = [];
    for (const job of jobs) {
      if (job.options.stonewall) {
        yield* this.#waitFor(running);
        running = [];
      }
      for (const thread of this.#threads.filter((other) => other.job === job)) {
        if (this.#stoppedBy !== null) return;
        const { process, context } = this.#t;
        running.push(
          spawn(context.sim, 'fio', (self) => runThread(thread, self), { parent: process }),
        );
      }
    }
    yield* this.#waitFor(running);
  }

  *#waitFor(children: readonly Process[]): Task<void> {
    for (const child of children) {
      while ((yield* waitForExit(this.#t.process, child)) === 'signal') {
        const signal = takeTrapped(this.#t.process);
        if (signal !== undefined) this.#stop(signal);
      }
      if (child.status !== 0) this.#errors++;
    }
  }

  #stop(signal: Signal): void {
    this.#stoppedBy ??= signal;
    this.#t.out.put(`\nfio: terminating on signal ${signal}\n`);
    for (const thread of this.#threads) {
      thread.terminate = true;
      wakeUp(thread.done);
    }
  }

  /** Prints the messages that the jobs left while they ran. */
  *#say(): Task<void> {
    for (const { messages } of this.#threads)
      for (const message of messages) yield* complain(this.#t, message);
  }

  *#print(formats: readonly Format[], util: ReturnType<typeof diskUtil>): Task<void> {
    const { sim } = this.#machine;
    const { list, line } = this.#plan;
    const reports = reportsOf(this.#threads);
    const groups = groupsOf(reports);
    const parts: string[] = [];
    for (const format of formats) {
      if (format !== 'normal') {
        const options = { groups, bins: format === 'json+', diskUtil: util };
        parts.push(printJson(sim, list, reports, options));
        continue;
      }
      parts.push('\n');
      for (const report of reports) {
        const group = groups.find(({ number }) => number === report.job.group);
        if (group !== undefined && didAnything(report)) parts.push(printReport(sim, report, group));
      }
      for (const group of groups) parts.push(printGroup(group));
      if (reports.length === 0) parts.push('\nRun status group 0 (all jobs):\n');
      parts.push(printDiskUtil(util));
    }
    if (line.output === null) this.#t.out.put(parts.join(''));
    else yield* this.#writeFile(line.output, parts.join(''));
  }

  *#writeLogs(): Task<void> {
    for (const { logs, job, number } of this.#threads) {
      if (logs === null) continue;
      for (const { name, text } of logFiles(logs, job.name, number))
        yield* this.#writeFile(name, text);
    }
  }

  *#writeFile(name: string, text: string): Task<void> {
    const flags = { read: false, write: true, create: true, truncate: true };
    const file = yield* openPath(this.#t, name, flags);
    if (typeof file === 'string') {
      yield* complain(this.#t, `fio: file open failure: ${name}\n`);
      this.#errors++;
      return;
    }
    yield* file.write(this.#t.process, fromBinary(text));
  }
}
