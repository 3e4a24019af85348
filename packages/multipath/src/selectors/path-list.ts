// path-list.ts — The paths of a selector in an order that changes all the time: a doubly linked list, so that a move costs
// the same however many paths there are. Mirrors include/linux/list.h.

/** One shape for all selectors, so that the code below sees only one. */
export interface PathNode<T> {
  readonly item: T;
  prev: PathNode<T> | null;
  next: PathNode<T> | null;
}

export interface PathList<T> {
  head: PathNode<T> | null;
  tail: PathNode<T> | null;
}

export const createPathList = <T>(): PathList<T> => ({ head: null, tail: null });

export const createPathNode = <T>(item: T): PathNode<T> => ({ item, prev: null, next: null });

export function addTail<T>(list: PathList<T>, node: PathNode<T>): void {
  node.prev = list.tail;
  node.next = null;
  if (list.tail === null) list.head = node;
  else list.tail.next = node;
  list.tail = node;
}

export function addHead<T>(list: PathList<T>, node: PathNode<T>): void {
  node.prev = null;
  node.next = list.head;
  if (list.head === null) list.tail = node;
  else list.head.prev = node;
  list.head = node;
}

/** The node must be in this list. */
export function remove<T>(list: PathList<T>, node: PathNode<T>): void {
  if (node.prev === null) list.head = node.next;
  else node.prev.next = node.next;
  if (node.next === null) list.tail = node.prev;
  else node.next.prev = node.prev;
  node.prev = null;
  node.next = null;
}

export function moveToTail<T>(list: PathList<T>, node: PathNode<T>): void {
  if (list.tail === node) return;
  remove(list, node);
  addTail(list, node);
}
