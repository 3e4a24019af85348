// discard-takes-the-neighbours.ts — A discard takes clusters that it only touches.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a discard takes clusters that it only touches',
  source:
    'block/qcow2.c: qcow2_co_pdiscard refuses what is not a whole cluster, block/io.c leaves it out',
  story: [
    'A guest discards pages, an image of 64 KiB clusters can only give back whole ones. What is left over at both ends must be let',
    'alone: rounded the other way, a discard of one page takes fifteen others with it, which may hold data.',
  ],
  file: 'qemu/src/drivers/qcow2.ts',
  replace: 'let cluster = Math.ceil(offset / clusterSize);',
  by: 'let cluster = Math.floor(offset / clusterSize);',
  guest: true,
  overlay: true,
  discards: true,
  breaks: 'what was acknowledged is what is read',
};
