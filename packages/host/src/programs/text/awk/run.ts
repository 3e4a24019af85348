// run.ts — BEGIN, the rules for each record, END; and the files that print writes to.
import type { OpenFile } from '@dmsim/shell';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { fromBinary } from '../bytes.ts';
import { closeFile } from '../lines.ts';
import { writeAll } from '../output.ts';
import { openForWriting } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { Failure, flushIfFull } from '../tool.ts';
import { evaluate } from './evaluate.ts';
import type { Leave } from './execute.ts';
import { execute, ExitProgram } from './execute.ts';
import type { Interpreter, Printed } from './interpreter.ts';
import { cellOf, setGlobal, setRecord } from './interpreter.ts';
import type { AwkProgram, Rule, Statement } from './node.ts';
import type { Records } from './records.ts';
import { createRecords, nextRecord, skipFile } from './records.ts';
import { isTrue, toNumber } from './value.ts';

interface Run {
  readonly t: Tool;
  readonly m: Interpreter;
  readonly program: AwkProgram;
  readonly files: Map<string, OpenFile>;
  /** Ranges that have begun. */
  readonly open: Set<Rule>;
  readonly records: Records;
}

export function* runProgram(t: Tool, m: Interpreter, program: AwkProgram): Task<number> {
  const run: Run = {
    t,
    m,
    program,
    files: new Map(),
    open: new Set(),
    records: createRecords(t, m),
  };
  let status = 0;
  let ended = yield* runRules(run, 'begin');
  const reads = program.rules.some(({ kind }) => kind !== 'begin');
  if (ended === undefined && reads) ended = yield* runMain(run);
  if (ended?.kind === 'exit') status = ended.status ?? 0;
  // exit runs the END rules, too; exit among those ends at once.
  const last = program.rules.some(({ kind }) => kind === 'end')
    ? yield* runRules(run, 'end')
    : undefined;
  if (last?.kind === 'exit' && last.status !== undefined) ({ status } = last);
  if (status === 0 && run.records.failed) status = 2;
  return status;
}

function attempt(run: Run, action: Statement): Leave | undefined {
  try {
    return execute(run.m, action);
  } catch (error) {
    if (error instanceof ExitProgram) return error.leave;
    throw error;
  }
}

function* runRules(run: Run, kind: 'begin' | 'end'): Task<Leave | undefined> {
  for (const rule of run.program.rules) {
    if (rule.kind !== kind || rule.action === undefined) continue;
    const leave = attempt(run, rule.action);
    yield* writePrinted(run);
    if (leave?.kind === 'exit') return leave;
  }
  return undefined;
}

function* runMain(run: Run): Task<Leave | undefined> {
  const { m, records } = run;
  for (;;) {
    const record = yield* nextRecord(records);
    yield* writePrinted(run);
    if (record === undefined) return undefined;
    setRecord(m, record);
    for (const name of ['NR', 'FNR']) setGlobal(m, name, toNumber(cellOf(m, name).value) + 1);
    const leave = runRecord(run);
    yield* writePrinted(run);
    yield* flushIfFull(run.t);
    if (leave?.kind === 'exit') return leave;
    if (leave?.kind === 'nextfile') skipFile(records);
  }
}

function runRecord(run: Run): Leave | undefined {
  const { m, program } = run;
  for (const rule of program.rules) {
    if (rule.kind !== 'main' || !applies(run, rule)) continue;
    if (rule.action === undefined) {
      execute(m, PRINT);
      continue;
    }
    const leave = attempt(run, rule.action);
    if (leave !== undefined) return leave;
  }
  return undefined;
}

const PRINT: Statement = { kind: 'print', args: [], redirect: undefined };

function applies({ m, open }: Run, rule: Rule): boolean {
  const { pattern, until } = rule;
  if (pattern === undefined) return true;
  if (until === undefined) return isTrue(evaluate(m, pattern));
  if (!open.has(rule)) {
    if (!isTrue(evaluate(m, pattern))) return false;
    open.add(rule);
  }
  if (isTrue(evaluate(m, until))) open.delete(rule);
  return true;
}

function* writePrinted(run: Run): Task<void> {
  const { m } = run;
  if (m.printed.length === 0) return;
  const printed = m.printed;
  m.printed = [];
  for (const item of printed) {
    if (item.to === undefined || item.to === '/dev/stdout' || item.to === '-') {
      run.t.out.put(item.text);
      if (item.text === '') yield* run.t.out.flush();
    } else yield* writeTo(run, item.to, item);
  }
}

function* writeTo(run: Run, name: string, { append, text, close }: Printed): Task<void> {
  const { t, files } = run;
  let file = name === '/dev/stderr' ? t.context.fds.get(2) : files.get(name);
  if (text === '' && close !== undefined) {
    if (close && file !== undefined && files.delete(name)) closeFile(t, file);
    return;
  }
  if (file === undefined) {
    const opened = yield* openForWriting(t, name, { append });
    if (typeof opened === 'string')
      throw new Failure(`awk: can't open file '${name}': ${strerror(opened)}\n`, 2);
    file = opened;
    files.set(name, file);
  }
  if (name === '/dev/stderr') yield* t.out.flush();
  yield* writeAll(t.process, file, fromBinary(text));
}
