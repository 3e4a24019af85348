// graph.ts — Opening, naming, replacing and closing nodes. Mirrors block.c: bdrv_open, bdrv_replace_node.
import { optionalFlag, optionalString } from '../drivers/options.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import type { BlockChild, BlockDriver, Opener, OpenResult } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import { DRIVERS } from './driver-names.ts';
import type { BlockNode, DetectZeroes, NodeUser } from './node.ts';
import {
  addUser,
  drainPoll,
  quiesceNode,
  refuseWriting,
  removeUser,
  unquiesceNode,
} from './node.ts';
import type { EdgeParent } from './permissions.ts';
import { childEdges, refuseChild, refuseRights } from './permissions.ts';

export type Opened =
  | { readonly kind: 'opened'; readonly node: BlockNode }
  | { readonly kind: 'failed'; readonly why: string };

const failed = (why: string): Opened => ({ kind: 'failed', why });

interface OpenNode {
  /** True for the node of a drive, whose zeroes may be unmapped where discards are not. @defaultValue false */
  readonly isDrive?: boolean;
  /** As `BlockNode.path` has it. @defaultValue [] */
  readonly path?: readonly string[];
}

/** Opens the children of a node before the node, because the driver looks at its children. */
export function openNode(layer: BlockLayer, options: JsonObject, how: OpenNode = {}): Opened {
  const driver = driverOf(layer, optionalString(options['driver']) ?? '');
  if (typeof driver === 'string') return failed(driver);
  const name = optionalString(options['node-name']) ?? null;
  const { path = [] } = how;
  const opening = beginOpening(layer, { driver, options, name, path });
  const result = openChecked(opening, how);
  const why =
    result.kind === 'failed' ? result.why : refuseWritable(options, driver, result.children);
  if (why !== null || result.kind === 'failed') {
    for (const node of opening.own) closeNode(node);
    return failed(why ?? '');
  }
  const node = addNode(layer, {
    name,
    driver,
    options,
    state: result.state,
    children: [...result.children],
    implicit: false,
    path,
  });
  return finishOpening(opening, node);
}

/** The file comes first, then what all nodes are checked for, then what the driver looks at. */
function openChecked(opening: Opening, how: OpenNode): OpenResult {
  const { driver, options, name, opener } = opening;
  const why = openFile(opening) ?? refuseCommon(options, how) ?? refuseName(opener.layer, name);
  return why === null ? driver.open(options, opener) : { kind: 'failed', why };
}

function finishOpening({ opener, opensLater }: Opening, node: BlockNode): Opened {
  if (opensLater !== null) listAfter(opener.layer, opensLater);
  node.driver.activate?.(node);
  return { kind: 'opened', node };
}

/** bdrv_open_inherit opens the file of a format or filter before anything else. Returns the refusal, or null. */
function openFile(opening: Opening): string | null {
  const { driver, options, own } = opening;
  if (driver.opensItsChild === true || options['file'] === undefined) return null;
  opening.file = openChild(opening, options, 'file');
  if (typeof opening.file === 'string') return opening.file;
  if (isJsonObject(options['file'])) own.push(opening.file.node);
  return null;
}

interface Opening extends OpeningNode {
  /** The file, or why it could not be opened; null if the driver opens its children by itself. */
  file: BlockChild | string | null;
  readonly opener: Opener;
  /** The children that were opened for the node, which close with it. */
  readonly own: BlockNode[];
  /** The number of the first node that QEMU opens after the node itself: a backing node, and for some drivers any child. */
  opensLater: number | null;
}

interface OpeningNode {
  readonly driver: BlockDriver;
  readonly options: JsonObject;
  readonly name: string | null;
  readonly path: readonly string[];
}

function beginOpening(layer: BlockLayer, node: OpeningNode): Opening {
  const { driver, options: own, name, path } = node;
  const parent: EdgeParent = {
    driver,
    options: own,
    readOnly: optionalFlag(own['read-only']) ?? false,
    state: null,
    users: [],
  };
  const opening: Opening = {
    driver,
    options: own,
    name,
    path,
    file: null,
    own: [],
    opensLater: driver.opensItsChild === true ? layer.nodes.size : null,
    opener: {
      layer,
      child: (options, role) => {
        if (role === 'backing') opening.opensLater = layer.nodes.size;
        const isOpen = role === 'file' && opening.file !== null;
        const child = isOpen
          ? opening.file
          : (refuseSelf(name, options, role) ?? openChild(opening, options, role));
        if (child === null || typeof child === 'string') return child ?? '';
        if (!isOpen && isJsonObject(options[role])) opening.own.push(child.node);
        return refuseChild(parent, child, name ?? '') ?? child;
      },
    },
  };
  return opening;
}

/** Why a child can't be the node itself, which has its name before it opens what is below; or null. */
const refuseSelf = (name: string | null, options: JsonObject, role: string): string | null =>
  name !== null && options[role] === name
    ? `Making '${name}' a ${role} child of '${name}' would create a cycle`
    : null;

/** A string is the refusal. */
const driverOf = ({ drivers }: BlockLayer, name: string): BlockDriver | string =>
  drivers.get(name) ??
  (DRIVERS.includes(name) ? `driver=${name}: not simulated` : `Unknown driver '${name}'`);

/** Why options that all nodes have can't go together, or null. */
const refuseCommon = (options: JsonObject, { isDrive = false }: OpenNode): string | null =>
  (isDrive ? null : refuseDetectZeroes(options)) ?? refuseForceShare(options);

const refuseForceShare = (options: JsonObject): string | null =>
  optionalFlag(options['force-share']) === true && optionalFlag(options['read-only']) !== true
    ? 'force-share=on can only be used with read-only images'
    : null;

export const refuseDetectZeroes = (options: JsonObject): string | null =>
  detectZeroesOf(options) === 'unmap' && options['discard'] !== 'unmap'
    ? 'setting detect-zeroes to unmap is not allowed without setting discard operation to unmap'
    : null;

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
  readonly path?: readonly string[];
};

/** Adds a node to the graph and makes it a user of its children. */
export function addNode(layer: BlockLayer, { name, path = [], ...given }: NewNode): BlockNode {
  const asUser = createUse(() => node);
  const node: BlockNode = {
    layer,
    name: name ?? `#block${layer.nextAutoName++}`,
    autoNamed: name === null,
    path,
    ...given,
    users: [],
    asUser,
    monitorOwned: false,
    reopens: 0,
    unmaps: given.options['discard'] === 'unmap',
    detectZeroes: detectZeroesOf(given.options),
    discarded: { ok: 0, failed: 0, bytes: 0 },
    forceShare: optionalFlag(given.options['force-share']) ?? false,
    readOnly: optionalFlag(given.options['read-only']) ?? false,
    writeThreshold: 0,
    ctx: given.children[0]?.node.ctx ?? layer.main.aio,
    quiesceCounter: 0,
    allSections: 0,
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

export function detectZeroesOf(options: JsonObject): DetectZeroes {
  const value = options['detect-zeroes'];
  return value === 'on' || value === 'unmap' ? value : 'off';
}

/** The longest name of a node, in bytes. */
const MAX_NODE_NAME = 31;

export function refuseName(layer: BlockLayer, name: string | null): string | null {
  if (name === null) return null;
  if (layer.nodes.has(name)) return `Duplicate nodes with node-name='${name}'`;
  if (!/^[A-Za-z][A-Za-z0-9_.-]*$/u.test(name)) return `Invalid node-name: '${name}'`;
  return name.length > MAX_NODE_NAME ? 'Node name too long' : null;
}

function openChild(
  { opener: { layer }, path }: Pick<Opening, 'opener' | 'path'>,
  options: JsonObject,
  role: string,
): BlockChild | string {
  const described = options[role];
  if (typeof described === 'string') {
    const node = layer.nodes.get(described);
    if (node === undefined) return `Cannot find device='${described}' nor node-name='${described}'`;
    return { role, node };
  }
  if (!isJsonObject(described)) return `A block device must be specified for '${role}'`;
  // A node that is opened for another one unmaps unless it is told not to: the one above decides what it passes on.
  const all = { discard: 'unmap', ...inherited(options, role), ...described };
  const opened = openNode(layer, all, { path: [...path, role] });
  return opened.kind === 'failed' ? opened.why : { role, node: opened.node };
}

/** bdrv_inherited_options: what a node that is opened for another one takes over from it. */
export function inherited(options: JsonObject, role: string): JsonObject {
  const { 'read-only': readOnly, 'force-share': forceShare, cache } = options;
  return {
    ...(role === 'backing'
      ? { 'read-only': true }
      : readOnly === undefined
        ? {}
        : { 'read-only': readOnly }),
    ...(forceShare === undefined ? {} : { 'force-share': forceShare }),
    ...(cache === undefined ? {} : { cache }),
  };
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
    describe: () => `node '${node().name}'`,
    edges: (child) => childEdges(node(), child),
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

/** Mirrors block.c: bdrv_lookup_bs. Returns its message if there is no such node, or if the drive has no medium. */
export function lookupNode(
  layer: BlockLayer,
  device: string,
  nodeName: string = device,
): BlockNode | string {
  const isEmpty = layer.backends.some(
    ({ name, inserted }) => name !== '' && name === device && !inserted,
  );
  if (isEmpty) return `Device '${device}' has no medium`;
  return (
    findNode(layer, device, nodeName) ??
    `Cannot find device='${device}' nor node-name='${nodeName}'`
  );
}

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
  if (node.users.length > 0 || node.layer.nodes.get(node.name) !== node) return;
  node.driver.inactivate?.(node);
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
  // Comes first: where both are drained, the users of the node stay so.
  if (to !== null) addUser(to, node.asUser);
  if (old !== undefined) {
    removeUser(old.node, node.asUser);
    node.children.splice(i, 1);
  }
  if (to !== null) node.children.push({ role, node: to });
}

/** bdrv_reopen_set_read_only: the nodes that were opened for this one follow it. */
export function setReadOnly(node: BlockNode, value: boolean): void {
  countReopen(node);
  changeReadOnly(node, value);
}

/** Notes that a node, and those that were opened for it, are opened again with the options that they have. */
function countReopen(node: BlockNode): void {
  node.reopens++;
  for (const { role, node: child } of node.children)
    if (role !== 'backing' && !child.monitorOwned) countReopen(child);
}

function changeReadOnly(node: BlockNode, value: boolean): void {
  if (value && !node.readOnly) node.driver.inactivate?.(node);
  const wakes = node.readOnly && !value;
  node.readOnly = value;
  if (wakes) node.driver.activate?.(node);
  for (const { role, node: child } of node.children)
    if (role !== 'backing' && !child.monitorOwned) changeReadOnly(child, value);
}

/** Makes a node writable for a job. Returns the refusal, or null. */
export function makeWritable(node: BlockNode): string | null {
  if (!node.readOnly) return null;
  const fixed = refuseFormat(node.driver, node.children);
  if (fixed !== null) return fixed;
  markReadOnly(node, false);
  const why = refuseRights(node);
  markReadOnly(node, true);
  if (why === null) setReadOnly(node, false);
  return why;
}

function markReadOnly(node: BlockNode, value: boolean): void {
  node.readOnly = value;
  for (const { role, node: child } of node.children)
    if (role !== 'backing' && !child.monitorOwned) markReadOnly(child, value);
}

const refuseWritable = (
  options: JsonObject,
  driver: BlockDriver,
  children: readonly BlockChild[],
): string | null =>
  optionalFlag(options['read-only']) === true ? null : refuseFormat(driver, children);

/** A format writes to its tables, so its file must be writable, unless it was opened for the image and follows it. */
export function refuseFormat(
  { readsBacking }: BlockDriver,
  children: readonly BlockChild[],
): string | null {
  const file = children.find(({ role }) => role === 'file')?.node;
  if (readsBacking !== true || file?.monitorOwned !== true) return null;
  return refuseWriting(file);
}
