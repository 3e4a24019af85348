// kicks.ts — Requests that the guest has put on a queue and the disk's thread has not begun. Mirrors hw/virtio/virtio-bus.c: virtio_bus_cleanup_host_notifier.
import { handlerReady } from '../aio/aio-context.ts';
import type { BlockBackend } from '../block/backend.ts';
import { diskName } from '../block/backend.ts';

interface Kick {
  begin(): void;
}

/** Oldest first. */
export type Kicks = Kick[];

/** Called when the guest has put requests on a queue. `begin` runs once: in the disk's thread, or before a stop. */
export function kickDisk(blk: BlockBackend, kicks: Kicks, begin: () => void): void {
  const { ctx, layer } = blk;
  const kick: Kick = {
    begin() {
      kicks.splice(kicks.indexOf(kick), 1);
      for (const listener of layer.kickListeners) listener();
      begin();
    },
  };
  kicks.push(kick);
  handlerReady(ctx, `kick of ${diskName(blk)}`, () => {
    if (kicks.includes(kick)) kick.begin();
  });
}

/**
 * Begins all requests that the guest has made by now. A stop and a reset do this before they drain the disk: afterwards the requests
 * would reach the disk of a machine that stands still, or of one that has been reset.
 */
export function beginKicks(kicks: Kicks): void {
  for (const kick of kicks.slice()) kick.begin();
}
