// permissions.ts — Whether the users of a node get along, and those of all nodes below it. Mirrors block.c: bdrv_refresh_perms, bdrv_default_perms, bdrv_parent_perms_conflict.
//
// The rights of an edge of the graph follow from those of the edges above it, so nothing is stored: a change is made, checked
// with `refuseRights`, and undone if there is a refusal.
import type { BlockChild, BlockDriver } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode, NodeUser } from './node.ts';
import { addUser, READ_ONLY, removeUser } from './node.ts';
import type { Rights } from './rights.ts';
import { ALL_RIGHTS, NO_NEEDS, RIGHT, rightNames, SHARED_BY_READERS } from './rights.ts';

/** One use of a node: a user may have several. */
export interface Edge extends Rights {
  /** The name of the edge: `root`, the role of a child, or what a job calls the node. */
  readonly name: string;
}

/** The node above an edge, which may not be open yet. */
export interface EdgeParent {
  readonly driver: BlockDriver;
  readonly readOnly: boolean;
  readonly options: BlockNode['options'];
  readonly state: unknown;
  /** Empty as long as the node is not in use. */
  readonly users: readonly unknown[];
}

/** The uses of a node, the latest first. */
function edgesOf(node: BlockNode): { readonly edge: Edge; readonly user: NodeUser }[] {
  return [...new Set(node.users)]
    .toReversed()
    .flatMap((user) => user.edges(node).map((edge) => ({ edge, user })));
}

/** bdrv_get_cumulative_perm: what all users of the node need, and what all of them share. */
export function cumulativeRights(node: BlockNode): Rights {
  let { needs, shares } = NO_NEEDS;
  for (const user of node.users)
    for (const edge of user.edges(node)) {
      needs |= edge.needs;
      shares &= edge.shares;
    }
  return { needs, shares };
}

/** The edges from a node to its child `node`. */
export const childEdges = (parent: BlockNode, node: BlockNode): Edge[] =>
  parent.children
    .filter((child) => child.node === node)
    .map(({ role }) => childEdge(parent, { role, node, rights: cumulativeRights(parent) }));

interface ChildUse {
  readonly role: string;
  readonly node: BlockNode;
  /** The rights of the users of the parent. */
  readonly rights: Rights;
}

/** bdrv_child_perm */
function childEdge(parent: EdgeParent, { role, node, rights }: ChildUse): Edge {
  const { driver } = parent;
  const { needs, shares } =
    driver.childRights?.(parent, role, rights) ?? defaultRights(parent, role, rights);
  return {
    name: driver.childName ?? role,
    needs,
    shares: node.forceShare ? ALL_RIGHTS : shares,
  };
}

/** bdrv_default_perms */
export function defaultRights(parent: EdgeParent, role: string, rights: Rights): Rights {
  if (parent.driver.readsBacking !== true) return rights;
  return role === 'backing' ? backingRights(rights) : storageRights(parent, rights);
}

/** An image only reads what it rests on. If its users let others change the image, then also what is below. */
export function backingRights({ needs, shares }: Rights): Rights {
  const changes = (shares & RIGHT.write) === 0 ? 0 : RIGHT.write | RIGHT.resize;
  return { needs: needs & RIGHT.consistentRead, shares: SHARED_BY_READERS | changes };
}

/** A format writes to its tables even if nobody writes to its data, and nobody else may change them. */
export function storageRights(
  { readOnly }: Pick<EdgeParent, 'readOnly'>,
  { needs, shares }: Rights,
): Rights {
  const writes = !readOnly || (needs & (RIGHT.write | RIGHT.writeUnchanged)) !== 0;
  return {
    needs: needs | RIGHT.consistentRead | (writes ? RIGHT.write | RIGHT.resize : 0),
    shares: shares & SHARED_BY_READERS,
  };
}

/**
 * Why the users of the node, or of a node below it, do not get along, or why one of them may not write, or null. A second line is a
 * hint, which QMP leaves out.
 *
 * @param becomesReadOnly - the nodes that the change made read-only
 */
export function refuseRights(
  node: BlockNode,
  becomesReadOnly: ReadonlySet<BlockNode> = NONE,
): string | null {
  for (const each of inOrder(node, [])) {
    const why = refuseUsers(each) ?? refuseNode(each, becomesReadOnly);
    if (why !== null) return why;
  }
  return null;
}

const NONE: ReadonlySet<BlockNode> = new Set();

/** bdrv_topological_dfs: parents before their children. */
function inOrder(node: BlockNode, order: BlockNode[]): BlockNode[] {
  if (order.includes(node)) return order;
  for (const child of node.children.toReversed()) inOrder(child.node, order);
  order.unshift(node);
  return order;
}

/** bdrv_parent_perms_conflict */
function refuseUsers(node: BlockNode): string | null {
  const edges = edgesOf(node);
  for (const a of edges)
    for (const b of edges) {
      const refused = b.edge.needs & ~a.edge.shares;
      if (a !== b && refused !== 0) {
        const use = ({ user, edge }: typeof a): string =>
          `${user.describe()} (uses node '${node.name}' as '${edge.name}' child)`;
        return `Permission conflict on node '${node.name}': permissions '${rightNames(refused).join(', ')}' are both required by ${use(b)} and unshared by ${use(a)}.`;
      }
    }
  return null;
}

/** bdrv_node_refresh_perm: the node itself, and for a file the locks that others hold on it. */
function refuseNode(node: BlockNode, becomesReadOnly: ReadonlySet<BlockNode>): string | null {
  const rights = cumulativeRights(node);
  if (node.readOnly && (rights.needs & (RIGHT.write | RIGHT.writeUnchanged)) !== 0)
    return becomesReadOnly.has(node)
      ? `Read-only block node '${node.name}' cannot support read-write users`
      : READ_ONLY;
  return node.driver.refuseLocks?.(node, rights) ?? null;
}

/** Lets go of the locks of a process that has ended. */
export function releaseLocks({ nodes }: BlockLayer): void {
  for (const node of nodes.values()) node.driver.releaseLocks?.(node);
}

/** Adds a user, unless it does not get along with the others. Returns the refusal, or null. */
export function attachUser(node: BlockNode, user: NodeUser): string | null {
  addUser(node, user);
  const why = refuseRights(node);
  if (why !== null) removeUser(node, user);
  return why;
}

/** A backend without a name, as refusals have it. */
export const UNNAMED = 'an unnamed block device';

/** Why a user that comes and goes at once, without a name, may not have the rights, or null. */
export function refuseUse(node: BlockNode, rights: Rights): string | null {
  return refuseEdge(node, { name: 'root', ...rights }, UNNAMED);
}

/** Why a node that is being opened may not have a child, or null. */
export const refuseChild = (
  parent: EdgeParent,
  { role, node }: BlockChild,
  name: string,
): string | null =>
  refuseEdge(node, childEdge(parent, { role, node, rights: NO_NEEDS }), `node '${name}'`);

function refuseEdge(node: BlockNode, edge: Edge, description: string): string | null {
  node.users.push(passingUser(edge, description));
  const why = refuseRights(node);
  node.users.pop();
  return why;
}

/** A user that comes and goes within one command, and that no drained section has to wait for. */
export const passingUser = (edge: Edge, description: string = UNNAMED): NodeUser => ({
  kind: 'backend',
  parent: null,
  blocker: null,
  follow: null,
  describe: () => description,
  edges: () => [edge],
  drainedBegin: () => undefined,
  drainedEnd: () => undefined,
  drainedPoll: () => false,
});
