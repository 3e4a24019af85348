// caching-page.ts — The write cache and the read cache of a SCSI disk: what its mode page says, what the kernel assumes. Mirrors drivers/scsi/sd.c: cache_type_store, sd_read_cache_type; drivers/scsi/scsi_debug.c: resp_caching_pg.
import type { Errno } from '@dmsim/sim';

import { withLimits } from '../limits.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { sdevPrintk, sdPrintk } from './scsi-device.ts';

/** One page serves all disks of scsi_debug. */
export interface CachingPage {
  writeCache: boolean;
  readCache: boolean;
}

export const createCachingPage = (): CachingPage => ({ writeCache: true, readCache: true });

/** sd_cache_types, by the bits WCE and RCD. */
const TYPES: readonly string[] = [
  'write through',
  'none',
  'write back',
  'write back, no read (daft)',
];

export const cacheTypeOf = (sdev: ScsiDevice): string =>
  TYPES[Number(cachesWrites(sdev)) * 2 + Number(!sdev.readCache)] ?? '';

/** A disk that is known to be write-protected caches no writes (sd_read_cache_type). */
export const cachesWrites = ({ writeCache, disk, unit }: ScsiDevice): boolean =>
  writeCache && !(disk?.protectedBy.driver ?? unit.writeProtected);

/** After `temporary `, only the kernel's idea of the caches changes; else the disk's mode page does, and the kernel reads it. */
export function storeCacheType(sdev: ScsiDevice, text: string): Errno | undefined {
  const word = text.replace(/\n$/, '');
  const temporary = word.startsWith('temporary ');
  const type = TYPES.indexOf(temporary ? word.slice('temporary '.length) : word);
  if (type < 0) return 'EINVAL';
  const wanted = { writeCache: type >= 2, readCache: type % 2 === 0 };
  sdev.cacheOverride = temporary;
  if (temporary) {
    assumeCaches(sdev, wanted);
    return undefined;
  }
  Object.assign(sdev.host.layer.cachingPage, wanted);
  sdevPrintk(sdev, 'Mode parameters changed');
  revalidateCaches(sdev);
  return undefined;
}

/** Reads the page again, and logs what has changed. */
export function revalidateCaches(sdev: ScsiDevice): void {
  if (sdev.cacheOverride) return;
  const { cachingPage } = sdev.host.layer;
  const { writeCache, readCache } = sdev;
  if (writeCache === cachingPage.writeCache && readCache === cachingPage.readCache) return;
  assumeCaches(sdev, cachingPage);
  logCaches(sdev);
}

function assumeCaches(sdev: ScsiDevice, { writeCache, readCache }: CachingPage): void {
  sdev.writeCache = writeCache;
  sdev.readCache = readCache;
  limitCaches(sdev);
}

/** sd_set_flush_flag */
export function limitCaches(sdev: ScsiDevice): void {
  const { disk } = sdev;
  if (disk !== null) disk.limits = withLimits(disk.limits, { writeCache: cachesWrites(sdev) });
}

const word = (on: boolean): string => (on ? 'enabled' : 'disabled');

export function logCaches(sdev: ScsiDevice): void {
  const writes = word(cachesWrites(sdev));
  const reads = word(sdev.readCache);
  sdPrintk(sdev, `Write cache: ${writes}, read cache: ${reads}, supports DPO and FUA`);
}
