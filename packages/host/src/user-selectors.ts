// user-selectors.ts — Path selectors of the user's: from what a module exports to what table lines may name.
import type { MultipathModule, PathSelectorType } from '@dmsim/multipath';
import {
  guardSelector,
  isMeantAsSelector,
  PATH_SELECTORS,
  registerPathSelector,
  selectorFault,
  silentSelectors,
} from '@dmsim/multipath';

import type { Machine } from './machine.ts';

export interface UserSelector {
  readonly type: PathSelectorType;
  /** Where it is from, for messages. */
  readonly file: string;
}

/**
 * The selectors among a module's exports; a text that says what is wrong when there are none, when one is not whole, or
 * when its name is one of Linux's or of `others`.
 */
export function selectorsOf(
  exports: Readonly<Record<string, unknown>>,
  file: string,
  others: readonly UserSelector[] = [],
): readonly UserSelector[] | string {
  const meant = [...new Set(Object.values(exports))].filter(isMeantAsSelector);
  if (meant.length === 0) {
    return `${file}: exports no path selector, which is an object with name, create, selectPath and others`;
  }
  const taken = new Set([...PATH_SELECTORS, ...others.map(({ type }) => type)].map(nameOf));
  for (const type of meant) {
    const fault =
      selectorFault(type) ?? (taken.has(nameOf(type)) ? 'there is one of that name' : undefined);
    taken.add(nameOf(type));
    if (fault !== undefined)
      return `${file}: path selector ${type.name ?? 'without a name'}: ${fault}`;
  }
  return meant.map((type) => ({ type: type as PathSelectorType, file }));
}

const nameOf = ({ name }: Partial<PathSelectorType>): string => name ?? '';

/** A name that is taken is an error. */
export function registerUserSelectors(
  multipath: MultipathModule,
  selectors: readonly UserSelector[],
): void {
  for (const { type } of selectors) registerPathSelector(multipath, guardSelector(type));
}

/** What the report of a hang adds: devices whose I/O waits because a selector of the user's chooses nothing. */
export function silentSelectorReport({ dm, multipath, selectorFiles }: Machine): string[] {
  const lines: string[] = [];
  for (const md of dm.devices.values()) {
    const ti = md.map?.targets[0];
    if (ti === undefined || ti.type.name !== multipath.target.name) continue;
    const names = silentSelectors(ti.state as Parameters<typeof silentSelectors>[0]);
    for (const name of names.filter((word) => selectorFiles.has(word))) {
      lines.push(
        `I/O of ${md.disk?.name ?? md.name}, which has paths: path selector ${name} (${selectorFiles.get(name)}) chooses none`,
      );
    }
  }
  return lines;
}
