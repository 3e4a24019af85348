// page-memory.ts — Memory for pages. An array with memory of its own for each page takes longer than to read the page.

const BLOCK = 16 * 4096;

/** Pages are cut off one after another; no byte is given out twice. */
let block: Uint8Array = new Uint8Array(0);
let used = 0;

/** Zeroes that nobody else has. */
export function pageMemory(length: number): Uint8Array {
  if (length > BLOCK / 4) return new Uint8Array(length);
  if (used + length > block.length) {
    block = new Uint8Array(BLOCK);
    used = 0;
  }
  const from = used;
  used += length;
  return block.subarray(from, used);
}
