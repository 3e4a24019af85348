// block-driver.ts — What a block driver is: a record of functions, one file per driver. Mirrors include/block/block_int-common.h.
import type { Errno } from '@dmsim/sim';

import type { JsonObject } from '../qmp/json.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode } from './node.ts';

export type BlockOp = 'read' | 'write' | 'flush' | 'discard' | 'write-zeroes';

export interface BlockRequest {
  readonly op: BlockOp;
  readonly offset: number;
  readonly bytes: number;
  /** Filled by a read, taken by a write. Null: nobody looks at the content. */
  readonly data: Uint8Array | null;
}

/** Called once per request, at once or later. */
export type Complete = (ret: Errno | null) => void;

export type OpenResult =
  | { readonly kind: 'opened'; readonly state: unknown; readonly children: readonly BlockChild[] }
  | { readonly kind: 'failed'; readonly why: string };

export interface BlockChild {
  readonly role: string;
  readonly node: BlockNode;
  /** The child was named in the options, not described there. */
  readonly byReference: boolean;
}

export interface Allocation {
  /** The top of the chain has it; if not, `bytes` come from the backing node. */
  readonly allocated: boolean;
  readonly bytes: number;
}

/** What drivers open their children with. */
export interface Opener {
  readonly layer: BlockLayer;
  child(options: JsonObject, role: string): BlockChild | string;
}

export interface BlockDriver {
  readonly name: string;
  /** Options that belong in a `json:` file name, in no order; those that end in `.` are prefixes. */
  readonly strongOptions: readonly string[];
  open(options: JsonObject, opener: Opener): OpenResult;
  length(node: BlockNode): number;
  submit(node: BlockNode, request: BlockRequest, complete: Complete): void;
  /** The plain name, if one says all that the options say. */
  filename(node: BlockNode): string | null;
  /** Called with the first drained section and after the last one. */
  readonly drainBegin?: (node: BlockNode) => void;
  readonly drainEnd?: (node: BlockNode) => void;
  readonly debugEvent?: (node: BlockNode, event: string) => void;
  readonly allocation?: (node: BlockNode, offset: number, bytes: number) => Allocation;
  /** Known to read as zeroes all over: a mirror then writes zeroes instead of reading. */
  readonly readsZeroes: (node: BlockNode) => boolean;
  /** bdrv_get_info succeeds: query-block then shows `dirty-flag`. */
  readonly hasInfo: (node: BlockNode) => boolean;
  /** What query-block says of the image besides. */
  readonly imageInfo?: (node: BlockNode) => JsonObject;
  /** Bytes it takes on the host; absent, or null: it can't say. */
  readonly allocatedSize?: (node: BlockNode) => number | null;
  /** A flush of it is a flush of the node below, whatever was written. */
  readonly isFilter?: boolean;
  /** The guest's data is that of the node below, where a flush is its own: `isFilter` is this and more. */
  readonly filters?: boolean;
  readonly close?: (node: BlockNode) => void;
}
