// restart-that-comes-once.ts — A disk sends its failed requests again only the first time that its machine goes on.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a disk sends its failed requests again only the first time that its machine goes on',
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
  rare: true,
};
