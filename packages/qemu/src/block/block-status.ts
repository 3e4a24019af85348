// block-status.ts — Which parts of a node are known to be zero without reading them. Mirrors block/io.c: bdrv_block_status_above.
import type { ZeroStatus } from './block-driver.ts';
import type { BlockNode } from './node.ts';
import { childNode, nodeLength, primaryChild } from './node.ts';

export function zeroStatus(node: BlockNode, offset: number, bytes: number): ZeroStatus {
  const { driver } = node;
  if (driver.readsZeroes(node)) return { zero: true, bytes };
  if (driver.zeroRun !== undefined) return driver.zeroRun(node, offset, bytes);
  const here = driver.readsBacking === true ? driver.allocation?.(node, offset, bytes) : undefined;
  if (here !== undefined) {
    if (here.allocated) return { zero: here.zero === true, bytes: here.bytes };
    const backing = childNode(node, 'backing');
    if (backing === undefined || offset >= nodeLength(backing))
      return { zero: true, bytes: here.bytes };
    const within = Math.min(here.bytes, nodeLength(backing) - offset);
    return zeroStatus(backing, offset, within);
  }
  const below =
    driver.isFilter === true || driver.filters === true ? primaryChild(node) : undefined;
  return below === undefined ? { zero: false, bytes } : zeroStatus(below, offset, bytes);
}

/** bdrv_can_write_zeroes_with_unmap */
export const unmapsZeroes = (node: BlockNode): boolean => node.unmaps && canUnmapZeroes(node);

function canUnmapZeroes(node: BlockNode): boolean {
  const { driver } = node;
  if (driver.unmapsZeroes !== undefined) return driver.unmapsZeroes(node);
  if (driver.passesDiscards !== true) return false;
  const below = primaryChild(node);
  return below === undefined || canUnmapZeroes(below);
}
