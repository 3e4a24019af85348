// user-selectors.ts — Takes the user's path selectors from a module's exports and registers them.
import type {
  MultipathModule,
  PathSelectorType,
  SelectorBroken,
  SelectorHook,
} from '@dmsim/multipath';
import {
  guardSelector,
  isMeantAsSelector,
  PATH_SELECTORS,
  registerPathSelector,
  selectorFault,
  silentSelectors,
} from '@dmsim/multipath';

import type { CodeKind } from './code-in-exports.ts';
import { codeInExports } from './code-in-exports.ts';
import type { Machine } from './machine.ts';

export interface UserSelector {
  readonly type: PathSelectorType;
  /** The file it comes from, for messages. */
  readonly file: string;
  /** The line of the file that a message about a hook should name: where `cause` was thrown, else where the hook is. */
  readonly lineOf?: (hook: SelectorHook, cause: unknown) => number | undefined;
}

const KIND: CodeKind<PathSelectorType> = {
  what: 'path selector',
  parts: 'name, create, selectPath and others',
  isMeant: isMeantAsSelector,
  fault: selectorFault,
};

/** Names of path selectors that a table line can have: those of Linux, then one's own. */
export const selectorNames = (own: readonly UserSelector[]): readonly string[] =>
  [...PATH_SELECTORS, ...own.map(({ type }) => type)].map(({ name }) => name);

/**
 * The selectors among a module's exports, or a text that says what is wrong: there are none, one is incomplete, or its name
 * is taken by Linux or by one of `others`.
 */
export function selectorsOf(
  exports: Readonly<Record<string, unknown>>,
  file: string,
  others: readonly UserSelector[] = [],
): readonly UserSelector[] | string {
  const taken = [...PATH_SELECTORS, ...others.map(({ type }) => type)];
  const found = codeInExports(KIND, exports, { file, taken });
  return typeof found === 'string' ? found : found.map((type) => ({ type, file }));
}

/** Throws if the name is taken. */
export function registerUserSelectors(
  multipath: MultipathModule,
  selectors: readonly UserSelector[],
  running: RunningHook,
): void {
  for (const selector of selectors) {
    const onHook = (hook: SelectorHook | null): void => {
      running.selector = hook === null ? null : selector;
      running.hook = hook;
    };
    registerPathSelector(multipath, guardSelector(selector.type, onHook));
  }
}

/** The hook of a user's selector that is being called. If it never returns, the watchdog names it. */
export interface RunningHook {
  selector: UserSelector | null;
  hook: SelectorHook | null;
}

/** Makes a message: `mine.js:12: path selector mine: selectPath` and the rest. */
export function placeOfHook(
  { file, type, lineOf }: UserSelector,
  hook: SelectorHook,
  cause?: unknown,
): string {
  const line = lineOf?.(hook, cause);
  return `${file}${line === undefined ? '' : `:${line}`}: path selector ${type.name}: ${hook}`;
}

/** The message about a selector that broke its contract. */
export function blame({ userSelectors }: Machine, error: SelectorBroken): string {
  const selector = userSelectors.find(({ type }) => type.name === error.selector);
  if (selector === undefined) return error.message;
  const line = selector.lineOf?.(error.hook, error.cause);
  return `${selector.file}${line === undefined ? '' : `:${line}`}: ${error.message}`;
}

/** Returns lines for the report of a hang: the devices whose I/O waits because a user's selector chooses no path. */
export function silentSelectorReport({ dm, multipath, userSelectors }: Machine): string[] {
  const lines: string[] = [];
  for (const md of dm.devices.values()) {
    const ti = md.map?.targets[0];
    if (ti === undefined || ti.type.name !== multipath.target.name) continue;
    const names = silentSelectors(ti.state as Parameters<typeof silentSelectors>[0]);
    for (const { type, file } of userSelectors.filter(({ type }) => names.includes(type.name))) {
      lines.push(
        `I/O of ${md.disk?.name ?? md.name}, which has paths: path selector ${type.name} (${file}) chooses none`,
      );
    }
  }
  return lines;
}
