// buffer-io-error.ts — What the log says of a page that could not be read or written back, block by block. Mirrors fs/buffer.c: buffer_io_error, end_buffer_async_read_io, end_buffer_async_write.
import type { BlockDevice } from '@dmsim/block';
import { mayPrint } from '@dmsim/block';
import { printk } from '@dmsim/sim';

const PAGE = 4096;

/** Bytes a block of the page cache has: the most that divides the disk, up to a page (set_init_blocksize). */
function blockSize({ capacity, limits }: BlockDevice): number {
  let size = limits.logicalBlockSize;
  while (size < PAGE && (capacity * 512) % (size * 2) === 0) size *= 2;
  return size;
}

/** `nrSectors` from `sector` on, which begins a block. */
export function logBufferErrors(
  dev: BlockDevice,
  { sector, nrSectors }: { readonly sector: number; readonly nrSectors: number },
  what: 'async page read' | 'lost async page write',
): void {
  const perBlock = blockSize(dev) / 512;
  const end = (sector + nrSectors) / perBlock;
  for (let block = sector / perBlock; block < end; block++) {
    if (!mayPrint(dev.layer, 'buffer_io_error')) continue;
    printk(dev.layer.sim, `Buffer I/O error on dev ${dev.name}, logical block ${block}, ${what}`);
  }
}
