// node-filename.ts — The name of a node: a plain file name, or all that identifies it. Mirrors block.c: bdrv_refresh_filename.
import { flattenOption } from '../drivers/options.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject, membersInOrder, printJson } from '../qmp/json.ts';
import { words } from '../qmp/qapi.ts';
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
  const roles = new Set(node.children.map((child) => child.role));
  const full = jsonObject();
  full['driver'] = node.driver.name;
  const flat = flatOptions(node);
  for (const name of membersInOrder(flat)) full[name] = flat[name] as Json;
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
 * The options that identify a node, in QEMU's dictionary of them. Each copy into another dictionary turns around what lies in one bucket: so
 * does the way from the options of the node that a client added to those of one below it, and each reopen but the first.
 */
function flatOptions({ driver, options, path, reopens }: BlockNode): JsonObject {
  let flat = jsonObject();
  const prefix = path.map((role) => `${role}.`).join('');
  for (const name of membersInOrder(options)) {
    if (isStrong(driver.strongOptions, name) || isStrong(driver.strongOptions, `${name}.`))
      flattenInOrder(`${prefix}${name}`, options[name] ?? null, flat);
  }
  for (const role of path) flat = withoutPrefix(copied(flat), `${role}.`);
  return reopens > 0 && reopens % 2 === 0 ? copied(flat) : flat;
}

/** qdict_flatten: members of an item come in the order of a dictionary that the schema's order has filled. */
function flattenInOrder(name: string, value: Json, into: JsonObject): void {
  const items = Array.isArray(value) ? value : [];
  if (items.length === 0) flattenOption(name, value, into);
  for (const [i, item] of items.entries()) {
    if (!isJsonObject(item)) into[`${name}.${i}`] = item;
    else
      for (const key of membersInOrder(bySchema(item)))
        into[`${name}.${i}.${key}`] = item[key] ?? null;
  }
}

/** The members of rules of blkdebug, as the schema has them. */
const MEMBERS: readonly string[] = words(`
  event state new_state iotype errno sector once immediately
`);

function bySchema(item: JsonObject): JsonObject {
  const sorted = jsonObject();
  const names = Object.keys(item).toSorted((a, b) => MEMBERS.indexOf(a) - MEMBERS.indexOf(b));
  for (const name of names) sorted[name] = item[name] ?? null;
  return sorted;
}

/** qdict_clone_shallow */
const copied = (flat: JsonObject): JsonObject => withoutPrefix(flat, '');

/** qdict_extract_subqdict */
function withoutPrefix(flat: JsonObject, prefix: string): JsonObject {
  const part = jsonObject();
  for (const name of membersInOrder(flat)) part[name.slice(prefix.length)] = flat[name] ?? null;
  return part;
}

const isStrong = (strong: readonly string[], name: string): boolean =>
  strong.some((option) => (option.endsWith('.') ? name.startsWith(option) : name === option));
