// event-heap.ts — A binary heap of events, by time and order of scheduling, for events that the calendar doesn't take.
import type { SimEvent } from './sim-event.ts';
import { isBefore, PLACE } from './sim-event.ts';

/** The next event is at index 0; each event's `place` is its index. */
export type EventHeap = SimEvent[];

export function heapPush(heap: EventHeap, event: SimEvent): void {
  heap.push(event);
  siftUp(heap, event, heap.length - 1);
}

export function heapRemove(heap: EventHeap, event: SimEvent): void {
  const i = event.place;
  const last = heap.pop() as SimEvent;
  event.place = PLACE.IDLE;
  if (last === event) return;
  if (i > 0 && isBefore(last, heap[(i - 1) >> 1] as SimEvent)) siftUp(heap, last, i);
  else siftDown(heap, last, i);
}

/** Places `event` at `from` or above. */
function siftUp(heap: EventHeap, event: SimEvent, from: number): void {
  let i = from;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as SimEvent;
    if (isBefore(above, event)) break;
    put(heap, above, i);
    i = parent;
  }
  put(heap, event, i);
}

/** Places `event` at `from` or below. */
function siftDown(heap: EventHeap, event: SimEvent, from: number): void {
  const n = heap.length;
  let i = from;
  for (let child = 2 * i + 1; child < n; child = 2 * i + 1) {
    const right = child + 1;
    if (right < n && isBefore(heap[right] as SimEvent, heap[child] as SimEvent)) child = right;
    const below = heap[child] as SimEvent;
    if (isBefore(event, below)) break;
    put(heap, below, i);
    i = child;
  }
  put(heap, event, i);
}

function put(heap: EventHeap, event: SimEvent, i: number): void {
  heap[i] = event;
  event.place = i;
}
