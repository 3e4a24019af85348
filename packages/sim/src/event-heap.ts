// event-heap.ts — A binary heap of slots, by time and order of scheduling: for whatever the calendar doesn't take.
import type { EventSlots } from './event-slots.ts';
import { doubled, isBefore } from './event-slots.ts';

export interface EventHeap {
  slots: Int32Array;
  size: number;
}

export const createEventHeap = (): EventHeap => ({ slots: new Int32Array(64), size: 0 });

export function heapPush(heap: EventHeap, table: EventSlots, slot: number): void {
  if (heap.size === heap.slots.length) heap.slots = doubled(heap.slots, Int32Array);
  const { slots } = heap;
  let i = heap.size++;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = slots[parent] as number;
    if (isBefore(table, above, slot)) break;
    slots[i] = above;
    i = parent;
  }
  slots[i] = slot;
}

/** Takes the root out. The heap must not be empty. */
export function heapPop(heap: EventHeap, table: EventSlots): number {
  const { slots } = heap;
  const root = slots[0] as number;
  const n = --heap.size;
  if (n > 0) siftDown(slots, n, table);
  return root;
}

/** The last entry (at `n`) goes to the root, and from there to its place. */
function siftDown(slots: Int32Array, n: number, table: EventSlots): void {
  const slot = slots[n] as number;
  let i = 0;
  for (let child = 1; child < n; child = 2 * i + 1) {
    const right = child + 1;
    if (right < n && isBefore(table, slots[right] as number, slots[child] as number)) child = right;
    const below = slots[child] as number;
    if (isBefore(table, slot, below)) break;
    slots[i] = below;
    i = child;
  }
  slots[i] = slot;
}
