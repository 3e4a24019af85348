// node-filename.ts — The name of a node: a plain file name, or all that identifies it. Mirrors block.c: bdrv_refresh_filename.
import { flattenOption } from '../drivers/options.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { jsonObject, printJson } from '../qmp/json.ts';
import type { BlockNode } from './node.ts';
import { skipImplicit } from './node.ts';

/** The plain file name if it says everything, else `json:{…}` with all options that identify the node. */
export function nodeFilename(node: BlockNode): string {
  const below = skipImplicit(node);
  if (below !== node) return nodeFilename(below);
  return node.driver.filename(node) ?? `json:${printJson(fullOptions(node))}`;
}

function fullOptions(given: BlockNode): JsonObject {
  const node = skipImplicit(given);
  const flat = jsonObject();
  const roles = new Set(node.children.map((child) => child.role));
  for (const [name, value] of Object.entries(node.options)) {
    if (!roles.has(name)) flattenOption(name, value, flat);
  }
  const full = jsonObject();
  full['driver'] = node.driver.name;
  const names = Object.keys(flat).toSorted(byMemberThenIndex);
  for (const name of isTurned(node) ? names.toReversed() : names) {
    if (isStrong(node.driver.strongOptions, name)) full[name] = flat[name] as Json;
  }
  const overridden = node.driver.overridesBacking?.(node) === true;
  for (const { role, node: child } of node.children) {
    if (role !== 'backing' || overridden) full[shownRole(node, role)] = fullOptions(child);
  }
  if (overridden && !roles.has('backing')) full['backing'] = null;
  return full;
}

/** The filters of a commit and of a mirror have the node below as their backing file. */
const shownRole = ({ driver }: BlockNode, role: string): string =>
  role === 'file' && (driver.name === 'commit_top' || driver.name === 'mirror_top')
    ? 'backing'
    : role;

/**
 * QEMU copies options between dictionaries. Options in the same bucket end up sorted by the member of a
 * list's items, then by index: `inject-error.0.errno`, `inject-error.1.errno`, `inject-error.0.event`.
 */
function byMemberThenIndex(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => name.replace(/^([^.]+)\.(\d+)\.(.*)$/u, '$1.$3.$2'));
  return x === y ? 0 : (x as string) < (y as string) ? -1 : 1;
}

/** Each copy turns around the options of one bucket; the first reopen makes up for the copy made when the node was opened. */
const isTurned = ({ monitorOwned, reopens }: BlockNode): boolean =>
  monitorOwned === (reopens > 0 && reopens % 2 === 0);

const isStrong = (strong: readonly string[], name: string): boolean =>
  strong.some((option) => (option.endsWith('.') ? name.startsWith(option) : name === option));
