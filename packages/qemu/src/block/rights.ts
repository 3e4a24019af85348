// rights.ts — Rights to a node: what its users may do with it, and what they let others do. Mirrors the BLK_PERM_* of include/block/block-common.h.

/** The rights, as bits of a set: BLK_PERM_CONSISTENT_READ, _WRITE, _WRITE_UNCHANGED and _RESIZE. */
export const RIGHT = { consistentRead: 1, write: 2, writeUnchanged: 4, resize: 8 } as const;

/** The set of all of them. */
export const ALL_RIGHTS = 15;

/** `needs` and `shares` are sets of RIGHT: what a user does itself, and what it lets the others do. */
export interface Rights {
  readonly needs: number;
  readonly shares: number;
}

/** The rights of a user that does nothing. */
export const NO_NEEDS: Rights = { needs: 0, shares: ALL_RIGHTS };

/** The rights that a reader leaves to everybody. */
export const SHARED_BY_READERS: number = RIGHT.consistentRead | RIGHT.writeUnchanged;

/** The rights by name, in the order in which they are checked. */
export const RIGHT_NAMES: readonly (readonly [right: number, name: string])[] = [
  [RIGHT.consistentRead, 'consistent read'],
  [RIGHT.write, 'write'],
  [RIGHT.writeUnchanged, 'write unchanged'],
  [RIGHT.resize, 'resize'],
];

export const rightNames = (rights: number): string[] =>
  RIGHT_NAMES.filter(([right]) => (rights & right) !== 0).map(([, name]) => name);
