// user-targets.ts — Takes the user's target types from a module's exports, and guards them: a fault in one ends the run by its name.
import type { TargetType } from '@dmsim/dm';
import { END_IO_VERDICTS, MAP_VERDICTS } from '@dmsim/dm';
import { isErrno, LimitReached, NotSupported } from '@dmsim/sim';

import type { CodeKind } from './code-in-exports.ts';
import { codeInExports } from './code-in-exports.ts';
import { LINUX_TARGET_NAMES } from './linux-targets.ts';
import type { Machine } from './machine.ts';

export interface UserTarget {
  readonly type: TargetType;
  /** The file it comes from, for messages. */
  readonly file: string;
  /** The line of the file that a message should name: where `cause` was thrown, else where the hook is. */
  readonly lineOf?: (hook: string, cause: unknown) => number | undefined;
}

/** Ends the run when a target breaks its contract. The kernel would oops. */
export class TargetBroken extends Error {
  override readonly name = 'TargetBroken';
  readonly target: string;
  readonly hook: string;

  constructor(target: string, hook: string, { what, cause }: { what: string; cause?: unknown }) {
    super(`target type ${target}: ${hook} ${what}`, { cause });
    this.target = target;
    this.hook = hook;
  }
}

const HOOKS: readonly (keyof TargetType)[] = [
  'ctr',
  'dtr',
  'map',
  'endIo',
  'cloneAndMapRq',
  'releaseCloneRq',
  'rqEndIo',
  'busy',
  'presuspend',
  'presuspendUndo',
  'postsuspend',
  'preresume',
  'resume',
  'status',
  'measure',
  'message',
  'prepareIoctl',
  'iterateDevices',
  'locate',
  'ioHints',
  'perBio',
];

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** A hook under the kernel's name, or misspelt, would never be called. */
function misnamed(type: object): string | undefined {
  for (const name of Object.keys(type)) {
    const hook = HOOKS.find((each) => plain(each) === plain(name));
    if (hook !== undefined && hook !== name)
      return `${name} is no hook of a target type: it is called ${hook}`;
  }
  return undefined;
}

/** Says what is wrong with something that is meant as a target type. */
export function targetFault(value: unknown): string | undefined {
  const { name, version, ctr, map, cloneAndMapRq } = Object(value) as Readonly<
    Record<string, unknown>
  >;
  if (typeof name !== 'string' || !/^[^\s]{1,15}$/.test(name))
    return 'name is to be a word of 1 to 15 letters';
  if (LINUX_TARGET_NAMES.has(name)) return 'Linux has one of that name';
  if (!Array.isArray(version) || version.length !== 3 || !version.every(Number.isInteger))
    return 'version is to be three numbers, such as [1, 0, 0]';
  const wrong = misnamed(Object(value));
  if (wrong !== undefined) return wrong;
  if (typeof ctr !== 'function') return 'it has no function ctr';
  if (typeof map === 'function' || typeof cloneAndMapRq === 'function') return undefined;
  return 'it has no function map, and no cloneAndMapRq';
}

const KIND: CodeKind<TargetType> = {
  what: 'target type',
  parts: 'name, version, ctr, map and others',
  isMeant: (value) =>
    typeof value === 'object' &&
    value !== null &&
    'ctr' in value &&
    ('name' in value || 'map' in value),
  fault: targetFault,
};

/** The target types among a module's exports, or a text that says what is wrong. */
export function targetsOf(
  exports: Readonly<Record<string, unknown>>,
  file: string,
  others: readonly UserTarget[] = [],
): readonly UserTarget[] | string {
  const taken = others.map(({ type }) => type);
  const found = codeInExports(KIND, exports, { file, taken });
  return typeof found === 'string' ? found : found.map((type) => ({ type, file }));
}

export interface UserTargets {
  readonly all: readonly UserTarget[];
  /** The target whose hook is being called. If it never returns, the watchdog names it. */
  running: UserTarget | null;
  hook: string;
}

type Hook = (...args: readonly unknown[]) => unknown;

/** The same target type, with each hook watched and its answer checked. */
export function guardTarget(target: UserTarget, watched: UserTargets): TargetType {
  const { type } = target;
  const guarded = [...hooksOf(type)].map(
    (hook) => [hook, guardHook(target, hook, watched)] as const,
  );
  return Object.assign(Object.create(type) as TargetType, Object.fromEntries(guarded));
}

function guardHook(target: UserTarget, hook: string, watched: UserTargets): Hook {
  const { type } = target;
  const call = (type as unknown as Readonly<Record<string, Hook>>)[hook] as Hook;
  return (...args) => {
    const { running: outer, hook: outerHook } = watched;
    watched.running = target;
    watched.hook = hook;
    try {
      return checked(type, hook, call.apply(type, args as unknown[]));
    } catch (cause) {
      throw blamed(type, hook, cause);
    } finally {
      watched.running = outer;
      watched.hook = outerHook;
    }
  };
}

/** Also those of a class, which are in its prototype. */
function hooksOf(type: TargetType): Set<string> {
  const names = new Set<string>();
  for (
    let at: unknown = type;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  )
    for (const name of Object.getOwnPropertyNames(at))
      if (name !== 'constructor' && typeof Reflect.get(type, name) === 'function') names.add(name);
  return names;
}

function blamed(type: TargetType, hook: string, cause: unknown): unknown {
  // A target's demand on the machine may be refused, or be too much; and a target may be below another.
  if (cause instanceof NotSupported || cause instanceof LimitReached) return cause;
  if (cause instanceof TargetBroken) return cause;
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new TargetBroken(type.name, hook, { what: `threw${reason}`, cause });
}

type Rule = readonly [is: (value: unknown) => boolean, wanted: string];

const oneOf = (verdicts: readonly string[]): Rule => [
  (value) => verdicts.includes(value as string),
  verdicts.join(', '),
];

/** The answers that each hook may give; the others may give any. */
const ANSWERS: Readonly<Record<string, Rule>> = {
  ctr: [isMade, '{ state } or { error, errno }'],
  map: oneOf(MAP_VERDICTS),
  cloneAndMapRq: oneOf(MAP_VERDICTS),
  endIo: oneOf(END_IO_VERDICTS),
  rqEndIo: oneOf(END_IO_VERDICTS),
  status: [(value) => typeof value === 'string', 'a text'],
  preresume: [(value) => value === undefined || isErrno(value), 'an errno or nothing'],
};

function isMade(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('state' in value) return true;
  return 'error' in value && 'errno' in value && isErrno(value.errno);
}

function checked(type: TargetType, hook: string, answer: unknown): unknown {
  const rule = ANSWERS[hook];
  if (rule === undefined || rule[0](answer)) return answer;
  const said = typeof answer === 'string' ? JSON.stringify(answer) : typeof answer;
  throw new TargetBroken(type.name, hook, { what: `answered ${said}, not ${rule[1]}` });
}

/** Makes a message: `mine.js:12: target type mine: map`. */
export function placeOfTarget(target: UserTarget, hook: string): string {
  const line = target.lineOf?.(hook, undefined);
  const at = `${target.file}${line === undefined ? '' : `:${line}`}`;
  return `${at}: target type ${target.type.name}: ${hook}`;
}

/** The message about a target that broke its contract. */
export function blameTarget({ userTargets }: Machine, error: TargetBroken): string {
  const target = userTargets.all.find(({ type }) => type.name === error.target);
  if (target === undefined) return error.message;
  const line = target.lineOf?.(error.hook, error.cause);
  return `${target.file}${line === undefined ? '' : `:${line}`}: ${error.message}`;
}
