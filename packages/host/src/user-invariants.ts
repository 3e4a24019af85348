// user-invariants.ts — Takes the user's invariants from a module's exports, and guards them: a fault in one ends the run by its name.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { MULTIPATHD_TRACE } from '@dmsim/multipathd';
import type { Guarded, Invariant, InvariantHook } from '@dmsim/observe';
import { createGuarded, guardInvariant, INVARIANTS } from '@dmsim/observe';
import { VM_TRACE } from '@dmsim/qemu';
import { SHELL_TRACE } from '@dmsim/shell';
import { SIM_TRACE } from '@dmsim/sim';

import type { CodeKind } from './code-in-exports.ts';
import { codeInExports } from './code-in-exports.ts';

export interface UserInvariant {
  readonly type: Invariant;
  /** The file it comes from, for messages. */
  readonly file: string;
  /** The line of the file that a message should name: where `cause` was thrown, else where the hook is. */
  readonly lineOf?: (hook: string, cause: unknown) => number | undefined;
}

/** The codes of all trace points. Made when they are asked for: the page has no invariants of a user's, and need not keep all points. */
const codesOf = (): ReadonlySet<number> =>
  new Set(
    [
      BLOCK_TRACE,
      DM_TRACE,
      MULTIPATH_TRACE,
      MULTIPATHD_TRACE,
      SHELL_TRACE,
      SIM_TRACE,
      VM_TRACE,
    ].flatMap((points) => Object.values(points).map(({ code }) => code)),
  );

/** Says what is wrong with something that is meant as an invariant. */
export function invariantFault(value: unknown): string | undefined {
  const { name, meaning, points, start } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || !/^[^\n]+$/.test(name)) return 'name is to be a line of text';
  if (typeof meaning !== 'string') return 'meaning is to be a sentence';
  if (!Array.isArray(points) || points.length === 0 || !points.every(Number.isInteger))
    return 'points is to be a list of the codes of trace points, such as [DM_TRACE.dm_suspend.code]';
  const codes = codesOf();
  const strange = (points as readonly number[]).find((code) => !codes.has(code));
  if (strange !== undefined) return `${strange} is the code of no trace point`;
  return typeof start === 'function' ? undefined : 'it has no function start';
}

const KIND: CodeKind<Invariant> = {
  what: 'invariant',
  parts: 'name, meaning, points and start',
  isMeant: (value) => typeof value === 'object' && value !== null && 'start' in value,
  fault: invariantFault,
};

/** The invariants among a module's exports, or a text that says what is wrong. */
export function invariantsOf(
  exports: Readonly<Record<string, unknown>>,
  file: string,
  others: readonly UserInvariant[] = [],
): readonly UserInvariant[] | string {
  const taken = [...INVARIANTS, ...others.map(({ type }) => type)];
  const found = codeInExports(KIND, exports, { file, taken });
  return typeof found === 'string' ? found : found.map((type) => ({ type, file }));
}

/** The user's invariants of one run, and what becomes of them. */
export interface UserInvariants extends Guarded {
  readonly all: readonly UserInvariant[];
}

export const createUserInvariants = (all: readonly UserInvariant[]): UserInvariants => ({
  all,
  ...createGuarded(),
});

export const guardInvariants = (watched: UserInvariants): readonly Invariant[] =>
  watched.all.length === 0 ? NONE : watched.all.map(({ type }) => guardInvariant(type, watched));

const NONE: readonly Invariant[] = [];

function placeIn(
  { all }: UserInvariants,
  { invariant, hook }: { readonly invariant: Invariant; readonly hook: InvariantHook },
  cause?: unknown,
): string {
  const { file = '', lineOf } = all.find(({ type }) => type === invariant) ?? {};
  const line = lineOf?.(hook, cause);
  return `${file}${line === undefined ? '' : `:${line}`}`;
}

/** Makes a message: `mine.mjs:12: invariant nothing waits: see`; null when none of them is being called. */
export function placeOfInvariant(watched: UserInvariants): string | null {
  const { running } = watched;
  if (running === null) return null;
  return `${placeIn(watched, running)}: invariant ${running.invariant.name}: ${running.hook}`;
}

/** The message about the one that broke its contract; null: none did. */
export function blameInvariant(watched: UserInvariants): string | null {
  const { fault } = watched;
  return fault === null ? null : `${placeIn(watched, fault, fault.cause)}: ${fault.message}`;
}
