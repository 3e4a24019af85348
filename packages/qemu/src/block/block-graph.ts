// block-graph.ts — The block graph as a debugger sees it: backends, jobs and nodes with the rights of each edge. Mirrors block.c: bdrv_get_xdbg_block_graph.
import type { Job } from '../jobs/job.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode } from './node.ts';
import type { Edge } from './permissions.ts';
import { childEdges } from './permissions.ts';
import { rightNames } from './rights.ts';

interface Draft {
  /** Numbers in the order in which things are first met. */
  readonly ids: Map<object, number>;
  readonly nodes: JsonObject[];
  readonly edges: JsonObject[];
}

/** The last one found comes first. */
export function blockGraph(layer: BlockLayer, jobs: readonly Job[]): JsonObject {
  const draft: Draft = { ids: new Map(), nodes: [], edges: [] };
  for (const root of layer.roots) {
    const { user, node } = root;
    addNode(draft, user, { type: 'block-backend', name: backendName(root) });
    if (node.name !== '')
      for (const edge of user.edges(node)) addEdge(draft, { parent: user, child: node, edge });
  }
  for (const job of jobs.toReversed()) {
    addNode(draft, job, { type: 'block-job', name: job.id });
    for (const { node, name, rights } of job.nodes.toReversed())
      addEdge(draft, { parent: job, child: node, edge: { name, ...rights } });
  }
  for (const node of layer.nodes.values()) {
    addNode(draft, node, { type: 'block-driver', name: node.name });
    for (const child of node.children.toReversed()) addChild(draft, node, child.node);
  }
  return { edges: draft.edges.toReversed(), nodes: draft.nodes.toReversed() };
}

/** The name of the drive, or of the device that uses it. */
function backendName(root: BlockLayer['roots'][number]): string {
  const blk = root.layer.backends.find((one) => one === root);
  if (blk === undefined) return '';
  return blk.name === '' ? (blk.qdev ?? '') : blk.name;
}

function addChild(draft: Draft, parent: BlockNode, child: BlockNode): void {
  for (const edge of childEdges(parent, child)) addEdge(draft, { parent, child, edge });
}

function idOf({ ids }: Draft, thing: object): number {
  const id = ids.get(thing) ?? ids.size + 1;
  ids.set(thing, id);
  return id;
}

function addNode(draft: Draft, thing: object, facts: JsonObject): void {
  draft.nodes.push({ id: idOf(draft, thing), ...facts });
}

interface NewEdge {
  readonly parent: object;
  readonly child: object;
  readonly edge: Edge;
}

function addEdge(draft: Draft, { parent, child, edge }: NewEdge): void {
  const { name, needs, shares } = edge;
  draft.edges.push({
    name,
    parent: idOf(draft, parent),
    perm: namesOf(needs),
    'shared-perm': namesOf(shares),
    child: idOf(draft, child),
  });
}

const namesOf = (rights: number): string[] =>
  rightNames(rights)
    .map((name) => name.replace(' ', '-'))
    .toReversed();
