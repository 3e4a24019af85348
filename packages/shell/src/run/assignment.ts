// assignment.ts — Expands, traces and performs assignments: `x=1`, `a[i]=2`, `a=(…)`.
import type { Task } from '@dmsim/sim';

import type { Element } from '../expand/assign.ts';
import { assignArray, assignElement, assignScalar } from '../expand/assign.ts';
import { expandFields, expandText } from '../expand/expand-word.ts';
import { quoteForTrace, singleQuote } from '../expand/quote.ts';
import { discard } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { ArrayLiteral, Assignment } from '../syntax/ir.ts';
import { trace } from './xtrace.ts';

/** An assignment whose right side is expanded. */
export interface Prepared {
  readonly name: string;
  readonly key: string | undefined;
  readonly append: boolean;
  readonly value: string | readonly Element[];
}

export function* prepareAssignment(shell: Shell, assignment: Assignment): Task<Prepared> {
  const { name, index, append, value } = assignment;
  if (index === '@' || index === '*') {
    return yield* discard(shell, `${name}[${index}]: bad array subscript`);
  }
  if (index?.source === '') return yield* discard(shell, `${name}[]: bad array subscript`);
  const key = index === undefined ? undefined : yield* expandText(shell, index);
  if ('segments' in value) return { name, key, append, value: yield* expandText(shell, value) };
  return { name, key, append, value: yield* expandElements(shell, value) };
}

export function* expandElements(shell: Shell, { elements }: ArrayLiteral): Task<Element[]> {
  const out: Element[] = [];
  for (const { index, append, word } of elements) {
    if (index === undefined) {
      for (const field of yield* expandFields(shell, word)) out.push(field);
    } else if (typeof index === 'string') out.push(`[${index}]=${yield* expandText(shell, word)}`);
    else {
      const key = yield* expandText(shell, index);
      out.push({ key, value: yield* expandText(shell, word), append });
    }
  }
  return out;
}

export function* performAssignment(shell: Shell, prepared: Prepared): Task<void> {
  const { name, key, append, value } = prepared;
  if (typeof value !== 'string') {
    if (key !== undefined)
      return yield* discard(shell, `${name}[${key}]: cannot assign list to array member`);
    yield* assignArray(shell, name, value, append);
  } else if (key === undefined) yield* assignScalar(shell, name, value, append);
  else yield* assignElement(shell, { name, key, value, append });
}

/** Runs a command that consists only of assignments. */
export function* runAssignments(shell: Shell, assignments: readonly Assignment[]): Task<void> {
  for (const assignment of assignments) {
    const prepared = yield* prepareAssignment(shell, assignment);
    if (shell.flags.xtrace) yield* traceAssignment(shell, prepared, assignment);
    yield* performAssignment(shell, prepared);
  }
}

/** Traces an assignment. Arrays are shown as written, other values expanded. */
export function* traceAssignment(
  shell: Shell,
  { name, key, append, value }: Prepared,
  source: Assignment,
): Task<void> {
  const target = `${name}${key === undefined ? '' : `[${key}]`}${append ? '+' : ''}=`;
  if (typeof value === 'string') {
    return yield* trace(shell, target + (value === '' ? '' : quoteForTrace(value)));
  }
  const { elements } = source.value as ArrayLiteral;
  yield* trace(shell, `${target}(${elements.map(elementSource).join(' ')})`);
}

/** Traces an array argument of `declare`, expanded and with each value in quotes. */
export function* traceArray(shell: Shell, { name, append, value }: Prepared): Task<void> {
  const shown = (value as readonly Element[]).map((element) =>
    typeof element === 'string'
      ? singleQuote(element)
      : `[${singleQuote(element.key)}]=${singleQuote(element.value)}`,
  );
  yield* trace(shell, `${name}${append ? '+' : ''}=(${shown.join(' ')})`);
}

function elementSource({ index, append, word }: ArrayLiteral['elements'][number]): string {
  if (index === undefined) return word.source;
  const key = typeof index === 'string' ? index : index.source;
  return `[${key}]${append ? '+' : ''}=${word.source}`;
}
