// reopen.ts — Gives open nodes other options: read-only, discard, another file or backing node. Mirrors block.c: bdrv_reopen_multiple.
import { flattenOption, optionalFlag } from '../drivers/options.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject, membersInOrder, printJson } from '../qmp/json.ts';
import type { BlockChild } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import {
  closeNode,
  detectZeroesOf,
  inherited,
  lookupNode,
  refuseDetectZeroes,
  refuseFormat,
  setChild,
} from './graph.ts';
import type { BlockNode } from './node.ts';
import { childNode } from './node.ts';
import { refuseRights } from './permissions.ts';

/** A change to a node, carried out once all nodes of the command have agreed. */
type Commit = () => void;

/** Options that any node may change, and that go back to their default value if they are left out. */
const COMMON: ReadonlySet<string> = new Set([
  'node-name',
  'discard',
  'cache.direct',
  'cache.no-flush',
  'read-only',
  'auto-read-only',
  'detect-zeroes',
]);

/** Gives all nodes their new options, or none of them. Returns the refusal, or null. All nodes are drained. */
export function reopenNodes(
  layer: BlockLayer,
  wanted: readonly { readonly node: BlockNode; readonly options: JsonObject }[],
): string | null {
  const commits: Commit[] = [];
  for (const { node, options } of wanted) {
    const why = prepare(layer, node, { options, commits });
    if (why !== null) return why;
  }
  const before = wanted.map(({ node }) => keep(node));
  for (const commit of commits) commit();
  const becameReadOnly = new Set(before.flatMap((kept) => kept.becameReadOnly()));
  const why =
    wanted.map(({ node }) => refuseRights(node, becameReadOnly)).find((each) => each !== null) ??
    null;
  for (const { end } of before) end(why !== null);
  return why;
}

interface Kept {
  /** The nodes that the change has made read-only. */
  readonly becameReadOnly: () => BlockNode[];
  /** Takes the change back, or makes it final. */
  readonly end: (undoes: boolean) => void;
}

/** Notes what a reopen may change of a node and of its own children. */
function keep(node: BlockNode): Kept {
  const { options, state, readOnly, unmaps, detectZeroes, driver } = node;
  const children = node.children.slice();
  const below = children
    .filter((child) => !child.node.monitorOwned)
    .map((child) => keep(child.node));
  const isNowReadOnly = (): boolean => !readOnly && node.readOnly;
  const end = (undoes: boolean): void => {
    if (undoes) {
      for (const { role } of node.children.slice()) setChild(node, role, null);
      for (const child of children) setChild(node, child.role, child.node);
      Object.assign(node, { options, state, readOnly, unmaps, detectZeroes });
    } else if (readOnly && !node.readOnly) driver.activate?.(node);
    else if (isNowReadOnly()) {
      node.readOnly = false;
      driver.inactivate?.(node);
      node.readOnly = true;
    }
    for (const kept of below) kept.end(undoes);
    if (!undoes) closeOwned(children);
  };
  return {
    becameReadOnly: () => [
      ...(isNowReadOnly() ? [node] : []),
      ...below.flatMap((kept) => kept.becameReadOnly()),
    ],
    end,
  };
}

/** A node that was opened for the reopened one goes with its place. */
function closeOwned(children: readonly BlockChild[]): void {
  for (const { node } of children) if (!node.monitorOwned) closeNode(node);
}

interface Reopen {
  readonly options: JsonObject;
  readonly commits: Commit[];
  /** True if these are the options that the node had. @defaultValue false */
  readonly keeps?: boolean;
}

function prepare(layer: BlockLayer, node: BlockNode, reopen: Reopen): string | null {
  const { options, commits } = reopen;
  const { driver } = node;
  if (driver.readsBacking === true && options['backing'] === undefined && namesBacking(node))
    return `backing is missing for '${node.name}'`;
  if (options['driver'] !== driver.name)
    return refuseAnyReopen(node) ?? "Cannot change the option 'driver'";
  const discard = discardAfter(node, options);
  const before = ownOptions(node.options);
  const after = ownOptions(options);
  const why =
    refuseDetectZeroes({ ...options, discard }) ??
    refuseReset(node, before, after) ??
    prepareDriver(node, options, commits) ??
    prepareChildren(layer, node, reopen) ??
    refuseChange(node, before, after) ??
    refuseReadOnly(node, options);
  if (why !== null) return why;
  commits.push(() => {
    node.options = options;
    node.readOnly = optionalFlag(options['read-only']) ?? false;
    node.unmaps = discard === 'unmap';
    node.detectZeroes = detectZeroesOf(options);
  });
  return null;
}

/** Without the option, QEMU leaves it as it is. */
const discardAfter = ({ unmaps }: BlockNode, options: JsonObject): Json =>
  options['discard'] ?? (unmaps ? 'unmap' : 'ignore');

/** True if the node has a backing node, or its image names a backing file. */
const namesBacking = (node: BlockNode): boolean =>
  childNode(node, 'backing') !== undefined || node.driver.overridesBacking?.(node) === true;

/** The options of the node alone, flattened: without those of its children. */
function ownOptions(options: JsonObject): JsonObject {
  const flat = jsonObject();
  for (const [name, value] of Object.entries(options))
    if (!CHILDREN.has(name) && name !== 'driver') flattenOption(name, value, flat);
  return flat;
}

const CHILDREN: ReadonlySet<string> = new Set(['file', 'image', 'backing']);

const mayChange = ({ driver }: BlockNode, name: string): boolean =>
  COMMON.has(name) || driver.mutableOptions?.includes(name) === true;

/** bdrv_reset_options_allowed: an option that is left out would go back to its default value. */
function refuseReset(node: BlockNode, before: JsonObject, after: JsonObject): string | null {
  const lost = membersInOrder(before).find((name) => !(name in after) && !mayChange(node, name));
  return lost === undefined ? null : `Option '${lost}' cannot be reset to its default value`;
}

function refuseChange(node: BlockNode, before: JsonObject, after: JsonObject): string | null {
  const changed = membersInOrder(after).find(
    (name) => !mayChange(node, name) && !isSame(before[name], after[name] ?? null),
  );
  return changed === undefined ? null : `Cannot change the option '${changed}'`;
}

const isSame = (a: Json | undefined, b: Json): boolean =>
  a !== undefined && printJson(a) === printJson(b);

const refuseAnyReopen = ({ driver, name }: BlockNode): string | null =>
  driver.refusesReopen === true
    ? `Block format '${driver.name}' used by node '${name}' does not support reopening files`
    : null;

function prepareDriver(node: BlockNode, options: JsonObject, commits: Commit[]): string | null {
  const { driver } = node;
  const never = refuseAnyReopen(node);
  if (never !== null) return never;
  const prepared = driver.reopen?.(node, options) ?? null;
  if (typeof prepared === 'string') return prepared;
  if (prepared !== null) commits.push(prepared);
  return null;
}

function prepareChildren(
  layer: BlockLayer,
  node: BlockNode,
  { options: parent, commits, keeps = false }: Reopen,
): string | null {
  for (const role of ['backing', 'file', 'image']) {
    const given = parent[role];
    if (given === undefined) continue;
    const child = childNode(node, role);
    const why =
      keeps && child !== undefined
        ? prepareKept(layer, node, child, { parent, role, given, commits })
        : isJsonObject(given)
          ? prepareOwned(layer, node, { parent, role, given, commits })
          : prepareLink(layer, node, { parent, role, given, commits });
    if (why !== null) return why;
  }
  return null;
}

interface ChildChange<T extends Json> {
  /** The new options of the parent. */
  readonly parent: JsonObject;
  readonly role: string;
  readonly given: T;
  readonly commits: Commit[];
}

/** A child that was opened for this node is reopened with it. */
function prepareOwned(
  layer: BlockLayer,
  node: BlockNode,
  { parent, role, given, commits }: ChildChange<JsonObject>,
): string | null {
  const child = childNode(node, role);
  if (child === undefined || child.monitorOwned || isOfJob(child))
    return `Cannot change the option '${firstOption(role, given)}'`;
  const options = { discard: 'unmap', ...inherited(parent, role), ...given };
  return prepare(layer, child, { options, commits });
}

/** The first of a child's options in QEMU's dictionary. */
function firstOption(role: string, given: JsonObject): string {
  const flat = jsonObject();
  flattenOption(role, given, flat);
  return membersInOrder(flat)[0] ?? role;
}

/** A filter that a job has put between: nobody opened it for the node above. */
const isOfJob = ({ driver, options }: BlockNode): boolean =>
  driver.refusesReopen === true && options['driver'] === undefined;

/** bdrv_reopen_parse_file_or_backing: another node, or none, takes the place of the child. */
function prepareLink(layer: BlockLayer, node: BlockNode, link: ChildChange<Json>): string | null {
  const { role, given, commits } = link;
  const old = childNode(node, role);
  const to = typeof given === 'string' ? lookupNode(layer, '', given) : null;
  if (typeof to === 'string') return to;
  if (to === (old ?? null)) return to === null ? null : prepareKept(layer, node, to, link);
  const why = refuseLink(node, { role, old, to });
  if (why === null) commits.push(() => setChild(node, role, to));
  return why;
}

/** A child that was opened for the node, and is named as it is: it inherits anew, and keeps what the node does not say. */
function prepareKept(
  layer: BlockLayer,
  node: BlockNode,
  child: BlockNode,
  { role, parent, commits }: ChildChange<Json>,
): string | null {
  if (child.monitorOwned || isOfJob(child)) return null;
  const before = inherited(node.options, role);
  const own = Object.entries(child.options).filter(
    ([name, value]) => !isSame(before[name], value ?? null),
  );
  const said: JsonObject = { ...inherited(parent, role), ...Object.fromEntries(own) };
  const options = { ...child.options, ...said };
  // What a snapshot or a job made read-only stays so, unless an option says otherwise.
  const stays = said['read-only'] === undefined;
  const { readOnly } = child;
  const why = prepare(layer, child, { options, commits, keeps: true });
  commits.push(() => {
    if (stays) child.readOnly = readOnly;
    child.reopens++;
  });
  return why;
}

interface Link {
  readonly role: string;
  readonly old: BlockNode | undefined;
  readonly to: BlockNode | null;
}

function refuseLink(node: BlockNode, { role, old, to }: Link): string | null {
  if (to !== null && leadsTo(to, node))
    return `Making '${to.name}' a ${role} child of '${node.name}' would create a cycle`;
  if (role === 'image') return "Cannot change the option 'image'";
  if (old !== undefined && role === 'backing' && isFrozen(node, old))
    return `Cannot change frozen 'backing' link from '${node.name}' to '${old.name}'`;
  return null;
}

/** bdrv_is_backing_chain_frozen: a stream or a commit uses both images, or has put its filter between. */
const isFrozen = (node: BlockNode, old: BlockNode): boolean =>
  node.users.some(
    (user) =>
      user.kind === 'job' &&
      /: (?:stream|commit)$/u.test(user.blocker ?? '') &&
      (old.users.includes(user) || isOfJob(old)),
  );

const leadsTo = (from: BlockNode, to: BlockNode): boolean =>
  from === to || from.children.some((child) => leadsTo(child.node, to));

function refuseReadOnly(node: BlockNode, options: JsonObject): string | null {
  const readOnly = optionalFlag(options['read-only']) ?? false;
  return readOnly ? null : refuseFormat(node.driver, node.children);
}
