// load-plugins.ts — --checker FILE and --prioritizer FILE: path checkers and prioritizers from the user's own ES modules.
import type { UserPlugin } from '@dmsim/host';
import { pluginsOf } from '@dmsim/host';

import { importModules, lineFinder, selectorSources } from './load-selectors.ts';
import { Refusal } from './refusal.ts';

/** In the order of the files; messages name a file as the user did. */
export async function loadPlugins(
  kind: UserPlugin['kind'],
  files: readonly string[],
): Promise<readonly UserPlugin[]> {
  const modules = await importModules(await selectorSources(files));
  const plugins: UserPlugin[] = [];
  for (const [i, file] of files.entries()) {
    const found = pluginsOf(kind, modules[i] ?? {}, file, plugins);
    if (typeof found === 'string') throw new Refusal(found);
    for (const plugin of found) plugins.push({ ...plugin, lineOf: lineFinder(file) });
  }
  return plugins;
}
