// kick-left-at-stop.ts — A stopped machine's disk begins what the guest had asked for just before.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title:
    'a stop leaves what the guest asked for just before, and the disk of the stopped machine begins it',
  source:
    'hw/virtio/virtio-bus.c: virtio_bus_cleanup_host_notifier; these properties found it missing here',
  story: [
    'A guest that has put requests on a queue says so by a notifier, which the disk reads in its own time. A stop takes the notifier',
    'away and reads it once more, so that nothing is left in it. Without that the disk writes after STOP, when whoever stopped the',
    'machine copies the disk or starts the machine elsewhere.',
  ],
  file: 'qemu/src/devices/virtio-blk.ts',
  replace: 'beginKicks(s.kicks);',
  by: '',
  guest: true,
  breaks: 'a stopped machine begins nothing for its guest',
};
