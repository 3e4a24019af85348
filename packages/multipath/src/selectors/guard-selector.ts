// guard-selector.ts — A selector from outside: whatever it does against the contract ends the run by its name and the hook's.
import { isErrno } from '@dmsim/sim';

import type { PathSelectorType } from './path-selector.ts';
import type { SelectorHook } from './selector-broken.ts';
import { SelectorBroken } from './selector-broken.ts';

/** Learns which hook of the selector runs, so that a run that does not return can be blamed on it. */
export type OnHook = (hook: SelectorHook | null) => void;

/** The same selector, with each hook's answer checked. */
export function guardSelector(
  type: PathSelectorType,
  onHook: OnHook = () => undefined,
): PathSelectorType {
  const { name, tableArgs, infoArgs } = type;
  const attempt = (hook: SelectorHook, call: () => unknown): unknown => {
    onHook(hook);
    try {
      return call();
    } catch (cause) {
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      throw new SelectorBroken(name, `${hook} threw${reason}`, { hook, cause });
    } finally {
      onHook(null);
    }
  };
  const check = (hook: SelectorHook, answer: unknown, wanted: string | undefined): void => {
    if (wanted === undefined) return;
    throw new SelectorBroken(name, `${hook} answered ${shown(answer)}, not ${wanted}`, { hook });
  };
  const guarded: Guarded = {
    create(host, args) {
      const created = attempt('create', () => type.create(host, args));
      check('create', created, isCreated(created) ? undefined : '{ state } or an errno');
      return created as ReturnType<PathSelectorType['create']>;
    },
    destroy: (state) => void attempt('destroy', () => type.destroy?.(state)),
    addPath(state, path, args) {
      const failure = attempt('addPath', () => type.addPath(state, path, args));
      check('addPath', failure, isFailure(failure) ? undefined : '{ errno, error } or nothing');
      return failure as ReturnType<PathSelectorType['addPath']>;
    },
    failPath: (state, path) => void attempt('failPath', () => type.failPath(state, path)),
    reinstatePath(state, path) {
      const errno = attempt('reinstatePath', () => type.reinstatePath(state, path));
      const right = errno === undefined || isErrno(errno);
      check('reinstatePath', errno, right ? undefined : 'an errno or nothing');
      return errno as ReturnType<PathSelectorType['reinstatePath']>;
    },
    selectPath(state, nrBytes) {
      const path = attempt('selectPath', () => type.selectPath(state, nrBytes));
      const right = path === null || (typeof path === 'object' && 'dev' in path);
      check('selectPath', path, right ? undefined : 'a path that addPath was given, or null');
      return path as ReturnType<PathSelectorType['selectPath']>;
    },
    status(state, path, kind) {
      const text = attempt('status', () => type.status(state, path, kind));
      const count = path === null ? null : kind === 'info' ? infoArgs : tableArgs;
      check('status', text, statusFault(text, count));
      return text as string;
    },
  };
  const startIo: PathSelectorType['startIo'] = (state, path, nrBytes) =>
    void attempt('startIo', () => type.startIo?.(state, path, nrBytes));
  const endIo: PathSelectorType['endIo'] = (state, path, nrBytes, startTime) =>
    void attempt('endIo', () => type.endIo?.(state, path, nrBytes, startTime));
  // The user's hooks reach their own properties by `this`, so those are there as well.
  return Object.assign(
    Object.create(type) as PathSelectorType,
    guarded,
    type.startIo === undefined ? {} : { startIo },
    type.endIo === undefined ? {} : { endIo },
  );
}

/** The hooks that are always guarded. `startIo` and `endIo` are only if the selector has them. */
type Guarded = Required<
  Pick<
    PathSelectorType,
    'create' | 'destroy' | 'addPath' | 'failPath' | 'reinstatePath' | 'selectPath' | 'status'
  >
>;

const isCreated = (value: unknown): boolean =>
  isErrno(value) || (typeof value === 'object' && value !== null && 'state' in value);

const isFailure = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && 'errno' in value && isErrno(value.errno));

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'another object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** `count` words for a path; for the group (null) their number first. */
function statusFault(text: unknown, count: number | null): string | undefined {
  const words =
    typeof text === 'string' && /^(\S+ )*$/.test(text) ? text.split(' ').slice(0, -1) : null;
  if (count !== null) {
    return words?.length === count ? undefined : `${count} words, each followed by a space`;
  }
  const right = words !== null && words.length > 0 && Number(words[0]) === words.length - 1;
  return right ? undefined : "the number of the group's words and these, each followed by a space";
}
