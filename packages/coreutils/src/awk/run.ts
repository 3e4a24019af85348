// run.ts — Runs an awk program: BEGIN, the rules for each record, END.
import type { Task } from '@dmsim/sim';
import { checkSignals } from '@dmsim/sim';

import { evaluate } from './evaluate.ts';
import type { Leave } from './execute.ts';
import { execute, ExitProgram } from './execute.ts';
import type { Interpreter } from './interpreter.ts';
import { setRecord } from './interpreter.ts';
import type { AwkProgram, Rule, Statement } from './node.ts';
import type { Records } from './records.ts';
import { countRecord, nextRecord, skipFile } from './records.ts';
import { isTrue } from './value.ts';

interface Run {
  readonly m: Interpreter;
  readonly program: AwkProgram;
  /** The ranges that have begun and not yet ended. */
  readonly open: Set<Rule>;
  readonly records: Records;
}

export function* runProgram(m: Interpreter, program: AwkProgram, records: Records): Task<number> {
  const run: Run = { m, program, open: new Set(), records };
  let status = 0;
  let ended = yield* runRules(run, 'begin');
  const reads = program.rules.some(({ kind }) => kind !== 'begin');
  if (ended === undefined && reads) ended = yield* runMain(run);
  if (ended?.kind === 'exit') status = ended.status ?? 0;
  // `exit` still runs the END rules. An `exit` inside END ends the program at once.
  const last = program.rules.some(({ kind }) => kind === 'end')
    ? yield* runRules(run, 'end')
    : undefined;
  if (last?.kind === 'exit' && last.status !== undefined) ({ status } = last);
  return status;
}

function* attempt(run: Run, action: Statement): Task<Leave | undefined> {
  try {
    return yield* execute(run.m, action);
  } catch (error) {
    if (error instanceof ExitProgram) return error.leave;
    throw error;
  }
}

function* runRules(run: Run, kind: 'begin' | 'end'): Task<Leave | undefined> {
  for (const rule of run.program.rules) {
    if (rule.kind !== kind || rule.action === undefined) continue;
    const leave = yield* attempt(run, rule.action);
    if (leave?.kind === 'exit') return leave;
  }
  return undefined;
}

function* runMain(run: Run): Task<Leave | undefined> {
  const { m, records } = run;
  for (;;) {
    const record = yield* nextRecord(m, records);
    if (record === undefined) return undefined;
    setRecord(m, record);
    countRecord(m);
    const leave = yield* runRecord(run);
    checkSignals(records.t.process);
    if (leave?.kind === 'exit') return leave;
    if (leave?.kind === 'nextfile') skipFile(records);
  }
}

function* runRecord(run: Run): Task<Leave | undefined> {
  const { m, program } = run;
  for (const rule of program.rules) {
    if (rule.kind !== 'main' || !(yield* applies(run, rule))) continue;
    if (rule.action === undefined) {
      yield* execute(m, PRINT);
      continue;
    }
    const leave = yield* attempt(run, rule.action);
    if (leave !== undefined) return leave;
  }
  return undefined;
}

const PRINT: Statement = { kind: 'print', args: [], redirect: undefined };

function* applies({ m, open }: Run, rule: Rule): Task<boolean> {
  const { pattern, until } = rule;
  if (pattern === undefined) return true;
  if (until === undefined) return isTrue(yield* evaluate(m, pattern));
  if (!open.has(rule)) {
    if (!isTrue(yield* evaluate(m, pattern))) return false;
    open.add(rule);
  }
  if (isTrue(yield* evaluate(m, until))) open.delete(rule);
  return true;
}
