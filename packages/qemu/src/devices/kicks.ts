// kicks.ts — What the guest has asked its disk for and the disk's thread has not come to yet. Mirrors hw/virtio/virtio-bus.c: virtio_bus_cleanup_host_notifier.
import { handlerReady } from '../aio/aio-context.ts';
import type { BlockBackend } from '../block/backend.ts';
import { diskName } from '../block/backend.ts';

interface Kick {
  begin(): void;
}

/** Oldest first. */
export type Kicks = Kick[];

/** The guest says that it has put requests on a queue. `begin` runs once: in the disk's thread, or before a stop. */
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
 * Begins all that the guest has asked for by now. A stop and a reset do this before they drain the disk: later it would go to the disk
 * of a machine that stands still, or after the reset.
 */
export function beginKicks(kicks: Kicks): void {
  for (const kick of kicks.slice()) kick.begin();
}
