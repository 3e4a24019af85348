// registry.ts — Path selectors by name. Mirrors drivers/md/dm-path-selector.c.
import type { PathSelectorType } from './path-selector.ts';

export type SelectorRegistry = Map<string, PathSelectorType>;

/** dm_register_path_selector; a selector of that name must not be there yet. */
export function registerPathSelector(
  { selectors }: { readonly selectors: SelectorRegistry },
  type: PathSelectorType,
): void {
  if (selectors.has(type.name)) throw new Error(`path selector ${type.name} is registered already`);
  selectors.set(type.name, type);
}

/** dm_get_path_selector: asks for the module when the selector isn't known yet. */
export function getPathSelector(
  selectors: SelectorRegistry,
  requestModule: (module: string) => void,
  name: string,
): PathSelectorType | undefined {
  const known = selectors.get(name);
  if (known !== undefined) return known;
  requestModule(`dm-${name}`);
  return selectors.get(name);
}
