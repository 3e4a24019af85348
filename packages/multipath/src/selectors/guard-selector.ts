// guard-selector.ts — A selector from outside: what it must not do when tables are loaded and shown is caught here.
import type { PathSelectorType } from './path-selector.ts';
import { SelectorBroken } from './selector-broken.ts';

/** The same selector; who breaks the contract in what `select-path.ts` does not watch ends the run too. */
export function guardSelector(type: PathSelectorType): PathSelectorType {
  const { name, tableArgs, infoArgs } = type;
  const broken = (what: string, cause?: unknown): SelectorBroken =>
    new SelectorBroken(name, what, { cause });
  const attempt = <R>(hook: string, call: () => R): R => {
    try {
      return call();
    } catch (cause) {
      throw broken(`${hook} threw${cause instanceof Error ? `: ${cause.message}` : ''}`, cause);
    }
  };
  const guarded: Partial<PathSelectorType> = {
    create(host, args) {
      const created: unknown = attempt('create', () => type.create(host, args));
      if (isErrno(created)) return created;
      if (typeof created === 'object' && created !== null && 'state' in created) return created;
      throw broken('create answered neither { state } nor an errno');
    },
    destroy: (state) => attempt('destroy', () => type.destroy?.(state)),
    addPath: (state, path, args) => attempt('addPath', () => type.addPath(state, path, args)),
    failPath: (state, path) => attempt('failPath', () => type.failPath(state, path)),
    reinstatePath: (state, path) => attempt('reinstatePath', () => type.reinstatePath(state, path)),
    status(state, path, kind) {
      const text: unknown = attempt('status', () => type.status(state, path, kind));
      const fault = statusFault(
        text,
        path === null ? null : kind === 'info' ? infoArgs : tableArgs,
      );
      if (fault === undefined) return text as string;
      throw broken(`status answered ${JSON.stringify(text)}, not ${fault}`);
    },
  };
  return Object.assign(Object.create(type) as PathSelectorType, guarded);
}

const isErrno = (value: unknown): value is 'EINVAL' =>
  typeof value === 'string' && /^E[A-Z0-9]+$/.test(value);

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
