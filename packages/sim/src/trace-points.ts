// trace-points.ts — The interface of a trace point, and the trace points of the scheduler. Codes 50–59; each package has a range of its own.
import type { Process } from './process.ts';
import type { Sim } from './sim.ts';
import { record, traceName } from './trace.ts';

/**
 * One kind of record: its code and the names of its arguments, in order. At most six, all numbers; `dev` is a
 * `devNumber(major, minor)`. Codes: block 1–49, sim 50–59, qemu 60–69, shell 70–79, dm 100–199, multipath 200–299, multipathd 300–319.
 */
export interface TracePoint<Field extends string = string> {
  readonly code: number;
  readonly fields: readonly Field[];
}

export const SIM_TRACE = {
  sched_process_fork: { code: 50, fields: ['pid', 'parent'] },
  /** `status` as `$?` shows it; `signal` ended it, or 0; its name in three numbers (`unpackName`). */
  sched_process_exit: { code: 51, fields: ['pid', 'status', 'signal', 'comm0', 'comm1', 'comm2'] },
  /**
   * The process that submits the bios that follow, and the line of the script that it comes from (`file` in
   * `sim.traceNames`); pid 0 is the kernel's own. Only when it is another than before.
   */
  sched_submits: { code: 52, fields: ['pid', 'line', 'file', 'comm0', 'comm1', 'comm2'] },
  /** `argv`, in `sim.traceNames`: when `sim.tracesArguments`, for each would be kept. */
  sched_process_exec: { code: 53, fields: ['pid', 'argv'] },
} as const;

/** A name in a record is 15 bytes at most, as the kernel's comm: five to a number. */
const BYTES_PER_NUMBER = 5;

export function traceFork({ sim, pid, ppid }: Pick<Process, 'sim' | 'pid' | 'ppid'>): void {
  if (sim.trace !== null) record(sim, SIM_TRACE.sched_process_fork.code, pid, ppid);
}

type Ended = Pick<Process, 'sim' | 'pid' | 'status' | 'killedBy' | 'name'>;

export function traceExit({ sim, pid, status, killedBy, name }: Ended): void {
  if (sim.trace === null) return;
  const point = SIM_TRACE.sched_process_exit.code;
  const { a, b, c } = packName(name);
  record(sim, point, pid, status, killedBy ?? 0, a, b, c);
}

/** Before a bio that someone submits. */
export function traceSubmitter(sim: Sim): void {
  const { current, submitter } = sim;
  if (sim.trace === null) return;
  const line = current?.origin?.line ?? 0;
  if (submitter.process === current && submitter.line === line) return;
  submitter.process = current;
  submitter.line = line;
  const { pid = 0, name = '', origin = null } = current ?? {};
  const file = origin === null ? 0 : traceName(sim, origin.file);
  const point = SIM_TRACE.sched_submits.code;
  const { a, b, c } = packName(name);
  record(sim, point, pid, line, file, a, b, c);
}

/** Longer ones are cut: they are for people. */
const MAX_ARGUMENTS = 500;

/** When a process becomes a program. */
export function traceExec({ sim, pid }: Process, argv: readonly string[]): void {
  if (sim.trace === null || !sim.tracesArguments) return;
  const text = argv.join(' ').slice(0, MAX_ARGUMENTS);
  record(sim, SIM_TRACE.sched_process_exec.code, pid, traceName(sim, text));
}

interface PackedName {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A lab has few names, and many processes of each. */
const NAMES_KEPT = 256;
const packedNames = new Map<string, PackedName>();

function packName(name: string): PackedName {
  const known = packedNames.get(name);
  if (known !== undefined) return known;
  const packed = { a: packBytes(name, 0), b: packBytes(name, 1), c: packBytes(name, 2) };
  if (packedNames.size >= NAMES_KEPT) packedNames.clear();
  packedNames.set(name, packed);
  return packed;
}

function packBytes(name: string, part: number): number {
  let packed = 0;
  for (let i = 0; i < BYTES_PER_NUMBER; i++) {
    const code = name.charCodeAt(part * BYTES_PER_NUMBER + i);
    // Nothing stands past the end of the name; a character that is not ASCII is shown as a question mark.
    packed = packed * 256 + (Number.isNaN(code) ? 0 : code < 128 ? code : 63);
  }
  return packed;
}

export function unpackName(a: number, b: number, c: number): string {
  let name = '';
  for (const packed of [a, b, c]) {
    for (let i = BYTES_PER_NUMBER - 1; i >= 0; i--) {
      const code = Math.floor(packed / 256 ** i) % 256;
      if (code !== 0) name += String.fromCharCode(code);
    }
  }
  return name;
}
