// mirror-misses-a-write.ts — A mirror forgets what the guest writes while it copies.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a mirror forgets what the guest writes while it copies',
  source: 'block/io.c: bdrv_co_write_req_finish marks what was written in every dirty bitmap',
  story: [
    'A mirror copies the disk while the guest goes on to use it, and copies again what was written meanwhile. Without that the job',
    'completes, the guest moves to the copy, and reads what was there before.',
  ],
  file: 'qemu/src/block/node.ts',
  replace: 'if (bitmap.recording) setDirty(bitmap, request.offset, request.bytes);',
  by: ';',
  guest: true,
  breaks: 'what was acknowledged is what is read',
};
