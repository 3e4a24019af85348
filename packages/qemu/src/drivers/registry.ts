// registry.ts — The block drivers that are simulated, by name.
import type { BlockDriver } from '../block/block-driver.ts';
import { copyBeforeWrite } from '../jobs/copy-before-write.ts';
import { snapshotAccess } from '../jobs/snapshot-access.ts';
import { blkdebug } from './blkdebug.ts';
import { copyOnRead } from './copy-on-read.ts';
import { file } from './file.ts';
import { nullAio, nullCo } from './null-co.ts';
import { qcow2 } from './qcow2.ts';
import { raw } from './raw.ts';
import { throttle } from './throttle.ts';

export const blockDrivers: readonly BlockDriver[] = [
  blkdebug,
  copyBeforeWrite,
  copyOnRead,
  file,
  nullAio,
  nullCo,
  qcow2,
  raw,
  snapshotAccess,
  throttle,
];
