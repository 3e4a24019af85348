// scsi-layer.ts — The SCSI layer of one machine: its hosts, and the numbers in use. Mirrors drivers/scsi/hosts.c, sd.c: sd_index_ida.
import type { BlockLayer } from '../block-device.ts';
import type { CachingPage } from './caching-page.ts';
import { createCachingPage } from './caching-page.ts';
import type { ScsiDevice } from './scsi-device.ts';
import type { ScsiHost } from './scsi-host.ts';

/** Devices that appear and go; a machine makes its uevents of these, and of disks that do. */
export type ScsiEvent =
  /** The driver's init function has returned; what is behind its hosts is looked for after that. */
  | { readonly kind: 'driver-ready' }
  /** The device has said in its sense data that something happened to it. */
  | { readonly kind: 'attention'; readonly device: ScsiDevice; readonly word: string }
  | { readonly kind: 'host-added' | 'host-removed'; readonly host: ScsiHost }
  | {
      readonly kind:
        | 'device-added'
        /** Its disk has been announced. */
        | 'device-bound'
        /** Its disk is about to go. */
        | 'device-leaving'
        /** The last command has ended. */
        | 'device-removed'
        | 'disk-resized'
        /** It became read-only, or writable again. */
        | 'disk-protection';
      readonly device: ScsiDevice;
    };

export interface ScsiLayer {
  readonly block: BlockLayer;
  readonly hosts: Map<number, ScsiHost>;
  /** Devices of hosts that were removed, as long as someone may hold their disks. */
  readonly leaving: Set<ScsiDevice>;
  /** Indices in use: of sdX, of sgN. */
  readonly diskIndices: Set<number>;
  readonly genericIndices: Set<number>;
  readonly cachingPage: CachingPage;
  readonly onEvent: (event: ScsiEvent) => void;
}

export interface ScsiLayerOptions {
  readonly onEvent?: (event: ScsiEvent) => void;
}

export function createScsiLayer(
  block: BlockLayer,
  { onEvent = () => undefined }: ScsiLayerOptions = {},
): ScsiLayer {
  return {
    block,
    hosts: new Map(),
    leaving: new Set(),
    diskIndices: new Set(),
    genericIndices: new Set(),
    cachingPage: createCachingPage(),
    onEvent,
  };
}

/** The lowest that is free (ida_alloc). */
export function takeIndex(indices: Set<number>): number {
  let index = 0;
  while (indices.has(index)) index++;
  indices.add(index);
  return index;
}
