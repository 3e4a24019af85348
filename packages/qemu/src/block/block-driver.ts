// block-driver.ts — The interface of a block driver: a record of functions, one file per driver. Mirrors include/block/block_int-common.h.
import type { Errno } from '@dmsim/sim';

import type { JsonObject } from '../qmp/json.ts';
import type { BlockLayer } from './block-layer.ts';
import type { BlockNode } from './node.ts';
import type { EdgeParent } from './permissions.ts';
import type { Rights } from './rights.ts';

export type BlockOp = 'read' | 'write' | 'flush' | 'discard' | 'write-zeroes';

export interface BlockRequest {
  readonly op: BlockOp;
  readonly offset: number;
  readonly bytes: number;
  /** The buffer that a read fills or a write takes. Null if the content does not matter. */
  readonly data: Uint8Array | null;
  /** A write to an image leaves clusters that the image has already as they are. @defaultValue false */
  readonly onlyNew?: boolean;
  /** A write of zeroes may give the room back to the host. @defaultValue false */
  readonly mayUnmap?: boolean;
}

/** Called once per request, at once or later. */
export type Complete = (ret: Errno | null) => void;

export type OpenResult =
  | { readonly kind: 'opened'; readonly state: unknown; readonly children: readonly BlockChild[] }
  | { readonly kind: 'failed'; readonly why: string };

export interface BlockChild {
  readonly role: string;
  readonly node: BlockNode;
}

export interface Allocation {
  /** True if the top image of the chain has the data; otherwise `bytes` bytes come from the backing node. */
  readonly allocated: boolean;
  /** True if that image knows the data to be zero. */
  readonly zero?: boolean;
  readonly bytes: number;
}

/** The first `bytes` bytes are alike: known to be zero, or not. */
export interface ZeroStatus {
  readonly zero: boolean;
  /** The driver keeps no data, and says nothing of what reads bring. @defaultValue false */
  readonly unknown?: boolean;
  /** It could not be found out. @defaultValue false */
  readonly failed?: boolean;
  readonly bytes: number;
}

/** The services that a driver uses to open its children. */
export interface Opener {
  readonly layer: BlockLayer;
  child(options: JsonObject, role: string): BlockChild | string;
}

export interface BlockDriver {
  readonly name: string;
  /** The options that a `json:` file name must contain, in any order; one that ends in `.` is a prefix. */
  readonly strongOptions: readonly string[];
  open(options: JsonObject, opener: Opener): OpenResult;
  length(node: BlockNode): number;
  submit(node: BlockNode, request: BlockRequest, complete: Complete): void;
  /** The plain file name, if it says everything that the options say; else null. */
  filename(node: BlockNode): string | null;
  /** Called when the first drained section begins; `drainEnd` when the last one ends. */
  readonly drainBegin?: (node: BlockNode) => void;
  readonly drainEnd?: (node: BlockNode) => void;
  /** True if the image rests on another backing node, or none, than the one it names; `json:` file names then tell of it. */
  readonly overridesBacking?: (node: BlockNode) => boolean;
  /** Opens the backing file that the image names. */
  readonly openBacking?: (node: BlockNode) => void;
  /** True if the driver's images can rest on a backing node. */
  readonly readsBacking?: boolean;
  /** Told of an event of a request that the node is about to get. A breakpoint holds the request until `goOn` is called. */
  readonly debugEvent?: (node: BlockNode, event: string, goOn: () => void) => void;
  /** Told that an image above writes a table to the node, which is no request here. */
  readonly tableWritten?: (node: BlockNode, offset: number, bytes: number) => void;
  /** Told that an image above flushes a table that it has written. Returns the error that this meets, or null. */
  readonly tableFlushed?: (node: BlockNode) => Errno | null;
  /** Told of what happens to tables of an image above, as far as that is no request here. */
  readonly tableEvents?: (node: BlockNode, events: readonly string[]) => void;
  readonly allocation?: (node: BlockNode, offset: number, bytes: number) => Allocation;
  /** How the range begins: with a hole of the file, or with data. Absent: as `zeroStatus` has it. */
  readonly zeroRun?: (node: BlockNode, offset: number, bytes: number) => ZeroStatus;
  /** True if the node is known to read as zeroes everywhere; a mirror then writes zeroes instead of reading. */
  readonly readsZeroes: (node: BlockNode) => boolean;
  /** True if bdrv_get_info succeeds; query-block then shows `dirty-flag`. */
  readonly hasInfo: (node: BlockNode) => boolean;
  /** True if the image says that it was not closed. @defaultValue false */
  readonly dirtyFlag?: (node: BlockNode) => boolean;
  /** Further members that query-block shows of the image. */
  readonly imageInfo?: (node: BlockNode) => JsonObject;
  /** Bytes that the node occupies on the host; absent or null if it can't tell. */
  readonly allocatedSize?: (node: BlockNode) => number | null;
  /** True if the driver opens its main child by itself. QEMU then lists the node before that child, otherwise after it. */
  readonly opensItsChild?: boolean;
  /** True if writes of zeroes can give room back, as far as the driver itself goes. Absent: if it passes discards on. */
  readonly unmapsZeroes?: (node: BlockNode) => boolean;
  /** True if the driver passes discards on. Other drivers answer them without doing anything. */
  readonly passesDiscards?: boolean;
  /** False if the driver knows no write of zeroes, so that detect-zeroes changes nothing. @defaultValue true */
  readonly writesZeroes?: boolean;
  /** True if a flush of the node always flushes the node below, even when nothing was written. */
  readonly isFilter?: boolean;
  /** Of the driver for the host's devices: true for the path of one. */
  readonly isDevice?: (path: string) => boolean;
  /** The rights to a child, made of those of the users of the node. Absent: as `defaultRights` has it. */
  readonly childRights?: (parent: EdgeParent, role: string, rights: Rights) => Rights;
  /** The name of the one child in messages, if it is not its role. */
  readonly childName?: string;
  /** Of a file or a device: why the locks that others hold on it do not allow these rights, or null. */
  readonly refuseLocks?: (node: BlockNode, rights: Rights) => string | null;
  /** Called when the process has ended, which may be before its nodes are closed. */
  readonly releaseLocks?: (node: BlockNode) => void;
  /** True if the guest's data is that of the node below but flushes are handled separately. `isFilter` includes this. */
  readonly filters?: boolean;
  /** Options of its own that a reopen may change. */
  readonly mutableOptions?: readonly string[];
  /** True if QEMU's driver has no reopen. */
  readonly refusesReopen?: boolean;
  /** Takes new options: the change to make if all nodes agree, a refusal, or null if there is nothing to do. */
  readonly reopen?: (node: BlockNode, options: JsonObject) => (() => void) | string | null;
  /** Called when the node has been opened, or made writable. */
  readonly activate?: (node: BlockNode) => void;
  /** Called before the node is closed or made read-only: what it keeps in memory goes to the image. */
  readonly inactivate?: (node: BlockNode) => void;
  /** Called when the process has died without closing the node. */
  readonly die?: (node: BlockNode) => void;
  /** A bitmap that stays in the image is removed. Absent if the driver's images keep none. */
  readonly dropBitmap?: (node: BlockNode, name: string) => void;
  readonly close?: (node: BlockNode) => void;
}
