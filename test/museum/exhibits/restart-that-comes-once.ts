// restart-that-comes-once.ts — The second time a machine goes on, its disk sends nothing again.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the second time a machine goes on, its disk sends nothing again',
  source: 'hw/scsi/scsi-bus.c: scsi_dma_restart_bh forgets its bottom half before it runs',
  story: [
    'A SCSI disk sends its failed requests again in a bottom half, once the machine goes on. When that half is not forgotten,',
    'the next `cont` believes it is still to come. The guest runs, and waits for its disk for ever.',
  ],
  file: 'qemu/src/devices/scsi-disk.ts',
  replace: 's.restartScheduled = false;',
  by: '',
  guest: true,
  breaks: 'hung',
};
