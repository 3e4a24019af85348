// buffer-io-error.ts — Logs each block of a page that could not be read or written back. Mirrors fs/buffer.c: buffer_io_error, end_buffer_async_read_io, end_buffer_async_write.
import { mayPrint } from '@dmsim/block';
import { printk } from '@dmsim/sim';

import type { PageCache } from './page-cache.ts';

/** `nrSectors` from `sector` on, which begins a block. */
export function logBufferErrors(
  { dev, blockSize }: PageCache,
  { sector, nrSectors }: { readonly sector: number; readonly nrSectors: number },
  what: 'async page read' | 'lost async page write',
): void {
  const perBlock = blockSize / 512;
  const end = (sector + nrSectors) / perBlock;
  for (let block = sector / perBlock; block < end; block++) {
    if (!mayPrint(dev.layer, 'buffer_io_error')) continue;
    printk(dev.layer.sim, `Buffer I/O error on dev ${dev.name}, logical block ${block}, ${what}`);
  }
}
