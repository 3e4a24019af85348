// graph.ts — Opening, naming, replacing and closing nodes. Mirrors block.c: bdrv_open, bdrv_replace_node, bdrv_refresh_filename.
import { flattenOption, optionalFlag, optionalString } from '../drivers/options.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject, jsonObject, printJson } from '../qmp/json.ts';
import type { BlockChild, Opener } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode, DetectZeroes, NodeUser } from './node.ts';
import { addUser, drainPoll, quiesceNode, removeUser, unquiesceNode } from './node.ts';

export type Opened =
  | { readonly kind: 'opened'; readonly node: BlockNode }
  | { readonly kind: 'failed'; readonly why: string };

const failed = (why: string): Opened => ({ kind: 'failed', why });

/** Opens the children of a node before the node, because the driver looks at its children. */
export function openNode(layer: BlockLayer, options: JsonObject): Opened {
  const driverName = options['driver'];
  const driver = typeof driverName === 'string' ? layer.drivers.get(driverName) : undefined;
  if (driver === undefined) return failed(`Unknown driver '${optionalString(driverName) ?? ''}'`);
  const wanted = optionalString(options['node-name']);
  const problem = wanted === undefined ? null : refuseName(layer, wanted);
  if (problem !== null) return failed(problem);
  if (detectZeroesOf(options) === 'unmap' && options['discard'] !== 'unmap')
    return failed(
      'setting detect-zeroes to unmap is not allowed without setting discard operation to unmap',
    );
  // QEMU opens a backing node after the node itself, and some drivers open all of their children so.
  let opensLater = driver.opensItsChild === true ? layer.nodes.size : null;
  const opener: Opener = {
    layer,
    child: (all, role) => {
      if (role === 'backing') opensLater = layer.nodes.size;
      return openChild(layer, all, role);
    },
  };
  const result = driver.open(options, opener);
  if (result.kind === 'failed') return result;
  const node = addNode(layer, {
    name: wanted ?? null,
    driver,
    options,
    state: result.state,
    children: [...result.children],
    implicit: false,
  });
  if (opensLater !== null) listAfter(layer, opensLater);
  return { kind: 'opened', node };
}

/** Lists the nodes from the one with that number on after the last one, which they belong to. */
function listAfter({ nodes }: BlockLayer, from: number): void {
  for (const [name, node] of [...nodes].slice(from, -1)) {
    nodes.delete(name);
    nodes.set(name, node);
  }
}

type NewNode = Pick<BlockNode, 'driver' | 'options' | 'state' | 'children' | 'implicit'> & {
  /** The node's name; null lets QEMU generate one. */
  readonly name: string | null;
};

/** Adds a node to the graph and makes it a user of its children. */
export function addNode(layer: BlockLayer, { name, ...given }: NewNode): BlockNode {
  const asUser = createUse(() => node);
  const node: BlockNode = {
    layer,
    name: name ?? `#block${layer.nextAutoName++}`,
    autoNamed: name === null,
    ...given,
    users: [],
    asUser,
    monitorOwned: false,
    unmaps: given.options['discard'] === 'unmap',
    detectZeroes: detectZeroesOf(given.options),
    discarded: { ok: 0, failed: 0, bytes: 0 },
    readOnly: optionalFlag(given.options['read-only']) ?? false,
    ctx: given.children[0]?.node.ctx ?? layer.main.aio,
    quiesceCounter: 0,
    sections: 0,
    inFlight: 0,
    writeGen: 0,
    flushedGen: 0,
    flushes: [],
    dirtyBitmaps: [],
    highestWrite: 0,
  };
  asUser.parent = node;
  for (const child of node.children) addUser(child.node, asUser);
  layer.nodes.set(node.name, node);
  return node;
}

function detectZeroesOf(options: JsonObject): DetectZeroes {
  const value = options['detect-zeroes'];
  return value === 'on' || value === 'unmap' ? value : 'off';
}

/** The longest name of a node, in bytes. */
const MAX_NODE_NAME = 31;

export function refuseName(layer: BlockLayer, name: string): string | null {
  if (layer.nodes.has(name)) return `Duplicate nodes with node-name='${name}'`;
  if (!/^[A-Za-z][A-Za-z0-9_.-]*$/u.test(name)) return `Invalid node-name: '${name}'`;
  return name.length > MAX_NODE_NAME ? 'Node name too long' : null;
}

function openChild(layer: BlockLayer, options: JsonObject, role: string): BlockChild | string {
  const described = options[role];
  if (typeof described === 'string') {
    const node = layer.nodes.get(described);
    if (node === undefined) return `Cannot find device='${described}' nor node-name='${described}'`;
    return { role, node };
  }
  if (!isJsonObject(described)) return `A block device must be specified for '${role}'`;
  // A node that is opened for another one unmaps unless it is told not to: the one above decides what it passes on.
  const opened = openNode(layer, { discard: 'unmap', ...described });
  return opened.kind === 'failed' ? opened.why : { role, node: opened.node };
}

/** `node` is a function, and the parent still to be filled in, since the node that is made holds its use. */
function createUse(node: () => BlockNode): NodeUser & { parent: BlockNode | null } {
  return {
    kind: 'node',
    parent: null,
    blocker: null,
    follow: (from, to) => {
      const { children } = node();
      for (const [i, child] of children.entries())
        if (child.node === from) children[i] = { ...child, node: to };
    },
    drainedBegin: () => quiesceNode(node()),
    drainedEnd: () => unquiesceNode(node()),
    drainedPoll: () => drainPoll(node()),
  };
}

/** Finds a node by the name of the drive on it, or else by its own. */
export function findNode(
  layer: BlockLayer,
  device: string,
  nodeName: string = device,
): BlockNode | undefined {
  return (
    layer.backends.find((blk) => blk.name !== '' && blk.name === device)?.node ??
    layer.nodes.get(nodeName)
  );
}

/** Mirrors block.c: bdrv_lookup_bs. Returns its message if there is no such node. */
export const lookupNode = (
  layer: BlockLayer,
  device: string,
  nodeName: string = device,
): BlockNode | string =>
  findNode(layer, device, nodeName) ?? `Cannot find device='${device}' nor node-name='${nodeName}'`;

/**
 * Moves the users of `from` to `to`: this is how a finished mirror pivots, and how filters are inserted and removed. Jobs do not
 * move. `to` may itself have `from` as a child.
 */
export function replaceNode(from: BlockNode, to: BlockNode): void {
  for (const user of from.users.slice()) {
    if (user.follow === null || user.parent === to) continue;
    addUser(to, user);
    user.follow(from, to);
    // Comes last: requests that waited for the end of the drained section then go to the new node.
    removeUser(from, user);
  }
}

/** Closes a node that nobody uses, and the nodes that only it used. */
export function closeNode(node: BlockNode): void {
  if (node.users.length > 0) return;
  node.layer.nodes.delete(node.name);
  node.driver.close?.(node);
  for (const child of node.children) {
    removeUser(child.node, node.asUser);
    if (!child.node.monitorOwned) closeNode(child.node);
  }
}

/** Replaces the child in that role; null removes it. */
export function setChild(node: BlockNode, role: string, to: BlockNode | null): void {
  const i = node.children.findIndex((child) => child.role === role);
  const old = node.children[i];
  if (old !== undefined) {
    removeUser(old.node, node.asUser);
    node.children.splice(i, 1);
  }
  if (to === null) return;
  node.children.push({ role, node: to });
  addUser(to, node.asUser);
}

/** bdrv_reopen_set_read_only: the nodes that were opened for this one follow it. */
export function setReadOnly(node: BlockNode, value: boolean): void {
  node.readOnly = value;
  for (const { role, node: child } of node.children)
    if (role !== 'backing' && !child.monitorOwned) setReadOnly(child, value);
}

/** The plain file name if it says everything, else `json:{…}` with all options that identify the node. */
export function nodeFilename(node: BlockNode): string {
  return node.driver.filename(node) ?? `json:${printJson(fullOptions(node))}`;
}

function fullOptions(node: BlockNode): JsonObject {
  const flat = jsonObject();
  const roles = new Set(node.children.map((child) => child.role));
  for (const [name, value] of Object.entries(node.options)) {
    if (!roles.has(name)) flattenOption(name, value, flat);
  }
  const full = jsonObject();
  for (const name of Object.keys(flat).toSorted(byMemberThenIndex).toReversed()) {
    if (isStrong(node.driver.strongOptions, name)) full[name] = flat[name] as Json;
  }
  full['driver'] = node.driver.name;
  const overridden = node.driver.overridesBacking?.(node) === true;
  for (const { role, node: child } of node.children) {
    if (role !== 'backing' || overridden) full[role] = fullOptions(child);
  }
  if (overridden && !roles.has('backing')) full['backing'] = null;
  return full;
}

/**
 * QEMU copies options between dictionaries. Options in the same bucket end up sorted by the member of a
 * list's items, then by index: `inject-error.0.errno`, `inject-error.1.errno`, `inject-error.0.event`.
 */
function byMemberThenIndex(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => name.replace(/^([^.]+)\.(\d+)\.(.*)$/u, '$1.$3.$2'));
  return x === y ? 0 : (x as string) < (y as string) ? -1 : 1;
}

const isStrong = (strong: readonly string[], name: string): boolean =>
  strong.some((option) => (option.endsWith('.') ? name.startsWith(option) : name === option));
