// random-map.ts — Remembers which blocks a random workload has visited, so that each one comes once a pass. After fio's lib/axmap.c.

/** The most blocks: more would need more memory than a lab should take. */
export const MAX_BLOCKS: number = 1 << 24;

/** `next[i]` leads towards the first free block at or after `i`; `blocks` stands for the end. */
export interface RandomMap {
  readonly blocks: number;
  readonly next: Int32Array;
  free: number;
}

export function createRandomMap(blocks: number): RandomMap {
  const map: RandomMap = { blocks, next: new Int32Array(blocks + 1), free: 0 };
  resetRandomMap(map);
  return map;
}

export function resetRandomMap(map: RandomMap): void {
  for (let i = 0; i <= map.blocks; i++) map.next[i] = i;
  map.free = map.blocks;
}

/** Returns the first free block at or after `block`, wrapping at the end. The map must have a free block. */
export function nextFree(map: RandomMap, block: number): number {
  const found = find(map, block);
  return found < map.blocks ? found : find(map, 0);
}

/** Follows the links, and shortens them for the next time. */
function find({ next }: RandomMap, block: number): number {
  let root = block;
  while (next[root] !== root) root = next[root] as number;
  for (let at = block; next[at] !== root && at !== root;) {
    const following = next[at] as number;
    next[at] = root;
    at = following;
  }
  return root;
}

/** Takes up to `count` free blocks from `block` on, which must be free. Returns how many there were in a row. */
export function takeBlocks(map: RandomMap, block: number, count: number): number {
  let taken = 0;
  while (taken < count && block + taken < map.blocks && map.next[block + taken] === block + taken) {
    map.next[block + taken] = block + taken + 1;
    taken++;
  }
  map.free -= taken;
  return taken;
}
