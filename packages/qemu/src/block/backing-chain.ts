// backing-chain.ts — A node and the images below it.
import { nodeFilename } from './node-filename.ts';
import type { BlockNode } from './node.ts';
import { nodeBehind } from './node.ts';

/** A node and the nodes below it, in the order in which reads visit them. */
export function chainOf(node: BlockNode): readonly BlockNode[] {
  const chain = [node];
  for (let at = nodeBehind(node); at !== undefined; at = nodeBehind(at)) chain.push(at);
  return chain;
}

/** The node of the chain that shows this file name; undefined if there is none. */
export const withFilename = (chain: readonly BlockNode[], file: string): BlockNode | undefined =>
  chain.find((node) => nodeFilename(node) === file);
