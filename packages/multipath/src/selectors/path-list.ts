// path-list.ts — The paths of a selector, in an order that changes all the time: a doubly linked ring, in which a move costs
// the same however many paths there are, and moving the head to the tail is one step. Mirrors include/linux/list.h.

/** One object shape for all selectors, which keeps the code below fast. The links are null while the node is in no list. */
export interface PathNode<T> {
  readonly item: T;
  prev: PathNode<T> | null;
  next: PathNode<T> | null;
}

export interface PathList<T> {
  /** The tail is the node before it. */
  head: PathNode<T> | null;
}

export const createPathList = <T>(): PathList<T> => ({ head: null });

export const createPathNode = <T>(item: T): PathNode<T> => ({ item, prev: null, next: null });

/** The next node in the list; null after the tail. */
export const nextNode = <T>(list: PathList<T>, node: PathNode<T>): PathNode<T> | null =>
  node.next === list.head ? null : node.next;

export function addTail<T>(list: PathList<T>, node: PathNode<T>): void {
  const { head } = list;
  if (head === null || head.prev === null) {
    node.prev = node;
    node.next = node;
    list.head = node;
    return;
  }
  node.prev = head.prev;
  node.next = head;
  head.prev.next = node;
  head.prev = node;
}

export function addHead<T>(list: PathList<T>, node: PathNode<T>): void {
  addTail(list, node);
  list.head = node;
}

/** The node must be in this list. */
export function remove<T>(list: PathList<T>, node: PathNode<T>): void {
  const { prev, next } = node;
  if (prev === null || next === null) return;
  prev.next = next;
  next.prev = prev;
  if (list.head === node) list.head = next === node ? null : next;
  node.prev = null;
  node.next = null;
}

/** The node must be in this list. */
export function moveToTail<T>(list: PathList<T>, node: PathNode<T>): void {
  if (node === list.head) {
    list.head = node.next;
    return;
  }
  remove(list, node);
  addTail(list, node);
}
