// record-run.ts — Runs a lab on a machine of its own and records the run. It needs no page and no worker.
import type { BlockDevice } from '@dmsim/block';
import type { LabOutcome, Machine } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import type { Recorder } from '@dmsim/observe';
import { startRecorder } from '@dmsim/observe';
import { JITTER, random } from '@dmsim/sim';

import { createHand } from './hand.ts';
import type { LogPiece, OutputPiece, Progress, RunResult, RunSpec } from './run.ts';
import { LAB_NAME } from './run.ts';

export interface RecordLimits {
  /** The most records. @defaultValue 500 000, which take 32 MB */
  readonly maxRecords?: number;
  /** The most bytes of output. @defaultValue 2 MiB */
  readonly maxOutput?: number;
  /** Ends the run when all interference has ended: for a question, whose answer alone matters. */
  readonly stopWhenDone?: boolean;
  /** Called every few thousand steps. */
  readonly onProgress?: (progress: Progress) => void;
  /** This is called with the machine before anything runs on it. */
  readonly onMachine?: (machine: Machine) => void;
}

/** The limits of the page itself, by name, as a run reaches them. */
type Kept = Readonly<Record<'trace records' | 'output', string>>;

/** The name of the limit that ends a run when its interference is done. */
const DONE = 'interference';

/** A few milliseconds of work. */
const STEPS_BETWEEN_PROGRESS = 4096;

export function recordRun(spec: RunSpec, limits: RecordLimits = {}): RunResult {
  const { maxRecords = 500_000, maxOutput = 2 ** 21, stopWhenDone = false, onProgress } = limits;
  const machine = createMachine({
    seed: spec.seed,
    requeue: spec.requeue,
    ...(spec.order === 'random' ? { chooser: random(spec.seed), ...JITTER } : {}),
  });
  limits.onMachine?.(machine);
  const recorder = startRecorder(machine, { maxRecords, dirtyPages: dirtyPages(machine) });
  const output = createOutput(machine, recorder);
  const hand = createHand(machine, spec.interference, output.of);
  const log: LogPiece[] = [];
  const labPid = machine.sim.nextPid;
  let steps = 0;
  const { outcome, violations } = runLab(machine, {
    name: LAB_NAME,
    text: spec.lab,
    onOutput: output.of('lab'),
    between: () => {
      recorder.look();
      takeLog(machine, log, recorder.count());
      if (recorder.isFull()) return 'trace records';
      if (output.bytes > maxOutput) return 'output';
      hand.act(recorder.count());
      if (++steps % STEPS_BETWEEN_PROGRESS === 0)
        onProgress?.({ now: machine.sim.now, records: recorder.count(), maxRecords });
      return stopWhenDone && hand.idle ? DONE : undefined;
    },
  });
  return {
    recording: recorder.finish(),
    output: output.pieces,
    log,
    outcome: explain(outcome, {
      'trace records': String(maxRecords),
      output: `${maxOutput / 2 ** 20} MiB`,
    }),
    violations,
    done: hand.deeds,
    programs: [...machine.programs.keys()].toSorted(),
    labPid,
    end: machine.sim.now,
  };
}

/** A run that the page ends says how much the page keeps. */
function explain(outcome: LabOutcome, kept: Kept): LabOutcome {
  if (outcome.kind !== 'limit' || !(outcome.limit in kept)) return outcome;
  const most = kept[outcome.limit as keyof Kept];
  return { ...outcome, message: `the page keeps at most ${most}` };
}

function takeLog({ sim }: Machine, log: LogPiece[], nth: number): void {
  for (let i = log.length; i < sim.log.length; i++) {
    const line = sim.log[i];
    if (line !== undefined) log.push({ nth, at: line.at, text: line.text });
  }
}

function dirtyPages({ pageCaches }: Machine): (dev: BlockDevice) => number {
  return (dev) => pageCaches.get(dev)?.dirtyPages ?? 0;
}

type Take = (fd: 1 | 2, bytes: Uint8Array) => void;

interface Output {
  readonly pieces: OutputPiece[];
  readonly bytes: number;
  /** Returns the function that takes the output of one source. */
  readonly of: (from: OutputPiece['from']) => Take;
}

function createOutput({ sim }: Machine, recorder: Recorder): Output {
  const pieces: OutputPiece[] = [];
  const takers = new Map<OutputPiece['from'], Take>();
  let total = 0;
  const createTake = (from: OutputPiece['from']): Take => {
    // A character may be split over two writes.
    const decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
    return (fd, bytes) => {
      total += bytes.length;
      // The count does not include the records of the present step yet.
      recorder.look();
      const text = decoders[fd].decode(bytes, { stream: true });
      if (text !== '') pieces.push({ nth: recorder.count(), at: sim.now, from, fd, text });
    };
  };
  return {
    pieces,
    get bytes() {
      return total;
    },
    of(from) {
      const take = takers.get(from) ?? createTake(from);
      takers.set(from, take);
      return take;
    },
  };
}
