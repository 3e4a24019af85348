// user-checker.ts — A path checker from the user's file: is it one, and made one of the daemon's.
import type { Sim, Task } from '@dmsim/sim';
import { createPrng, streamSeed } from '@dmsim/sim';

import type { CheckResult, PathChecker } from '../checkers/checker.ts';
import { DOWN, GHOST, UP } from '../checkers/checker.ts';
import type { AskedPath } from './asked-path.ts';
import { askedPath } from './asked-path.ts';
import type { Driven } from './drive-plugin.ts';
import { drive, shown } from './drive-plugin.ts';
import { PluginBroken } from './plugin-broken.ts';

/** The answers that a user's checker may give. */
export type Verdict = 'up' | 'down' | 'ghost' | 'shaky' | 'pending' | 'timeout';

/** The message of a user's checker for the log. */
const MESSAGES: Readonly<Record<Verdict, string>> = {
  up: UP,
  down: DOWN,
  ghost: GHOST,
  shaky: 'reports path is shaky',
  pending: 'is still at it',
  timeout: 'timed out',
};

export interface UserChecker {
  /** As `path_checker` calls it. */
  readonly name: string;
  /** True: the daemon waits for each check, with its lock held. @defaultValue false: a thread of its own */
  readonly synchronous?: boolean;
  readonly check: (
    path: AskedPath,
  ) => Verdict | { readonly state: Verdict; readonly message: string } | Task<unknown>;
}

export const isMeantAsChecker = (value: unknown): value is Partial<UserChecker> =>
  typeof value === 'object' && value !== null && 'name' in value && 'check' in value;

/** The first fault; undefined if there is none. */
export function checkerFault({
  name,
  check,
  synchronous,
}: Partial<UserChecker>): string | undefined {
  if (typeof name !== 'string' || !/^[\w-]{1,16}$/.test(name)) {
    return 'name is to be a word of at most 16 letters, as path_checker has it';
  }
  if (typeof check !== 'function') return 'check is to be a function';
  if (synchronous !== undefined && typeof synchronous !== 'boolean')
    return 'synchronous is to be true or false, or absent';
  return undefined;
}

const isVerdict = (value: unknown): value is Verdict =>
  typeof value === 'string' && Object.hasOwn(MESSAGES, value);

export function guardChecker(
  sim: Sim,
  { name, synchronous = false, check }: UserChecker,
  onStep: Driven['onStep'],
): PathChecker {
  const chance = createPrng(streamSeed(sim.seed, `checker ${name}`));
  const memories = new Map<string, Record<string, unknown>>();
  return {
    name,
    asynchronous: synchronous
      ? null
      : {
          onTimeout: { state: 'timeout', message: 'timed out' },
          mostStalled: 0,
          timeIfUp: () => null,
        },
    check({ host, process, dev, timeout }) {
      const path = askedPath({ host, process, dev, timeout, args: '', chance, memories });
      return ask(
        name,
        drive({ kind: 'checker', name, onStep }, () => check(path)),
      );
    },
  };
}

function* ask(name: string, answer: Task<unknown>): Task<CheckResult> {
  return judged(name, yield* answer);
}

function judged(name: string, answer: unknown): CheckResult {
  if (isVerdict(answer)) return { state: answer, message: MESSAGES[answer] };
  if (typeof answer === 'object' && answer !== null && 'state' in answer && 'message' in answer) {
    const { state, message } = answer;
    if (isVerdict(state) && typeof message === 'string') {
      return { state, message: message.split('\n')[0] ?? '' };
    }
  }
  const states = Object.keys(MESSAGES).join(', ');
  throw new PluginBroken(
    'checker',
    name,
    `answered ${shown(answer)}, not one of ${states}, or { state, message }`,
  );
}
