// registry.ts — Path selectors by name. Mirrors drivers/md/dm-path-selector.c.
import type { Sim } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { PathSelectorType } from './path-selector.ts';

export type SelectorRegistry = Map<string, PathSelectorType>;

/** dm_register_path_selector. Throws if a selector of that name is registered already. */
export function registerPathSelector(
  { selectors }: { readonly selectors: SelectorRegistry },
  type: PathSelectorType,
): void {
  if (selectors.has(type.name)) throw new Error(`path selector ${type.name} is registered already`);
  selectors.set(type.name, type);
}

export interface SelectorModules {
  readonly sim: Sim;
  readonly selectors: SelectorRegistry;
  /** Names of the modules that are loaded already. */
  readonly loadedSelectors: Set<string>;
}

/** dm_get_path_selector: loads the selector's module at its first use, and asks the machine for one that isn't known. */
export function getPathSelector(
  modules: SelectorModules,
  requestModule: (module: string) => void,
  name: string,
): PathSelectorType | undefined {
  const { selectors } = modules;
  if (!selectors.has(name)) requestModule(`dm-${name}`);
  const type = selectors.get(name);
  if (type !== undefined) sayLoaded(modules, type);
  return type;
}

/** The module of a selector is loaded before any table names it (dm_round_robin and its like); nothing happens for others. */
export function loadSelector(modules: SelectorModules, module: string): void {
  if (!module.startsWith('dm_')) return;
  const type = modules.selectors.get(module.slice('dm_'.length).replaceAll('_', '-'));
  if (type !== undefined) sayLoaded(modules, type);
}

/** Once. */
function sayLoaded(
  { sim, loadedSelectors }: Pick<SelectorModules, 'sim' | 'loadedSelectors'>,
  { name, moduleVersion }: PathSelectorType,
): void {
  if (moduleVersion === undefined || loadedSelectors.has(name)) return;
  loadedSelectors.add(name);
  printk(sim, `device-mapper: multipath ${name}: version ${moduleVersion} loaded`);
}
