// shrink-guest.ts — Simpler virtual machines for shrinking: without special settings, with errors reported, with times towards zero.
import type { ErrorPolicy, GuestSetup } from '../schedule.ts';

/** Candidates, the simplest first; none equals the machine itself. */
export function* simplerGuests(guest: GuestSetup): IterableIterator<GuestSetup> {
  const { overlay, ...onTheMap } = guest;
  const { discard, ...keeping } = guest;
  const { disk, iothread, werror, rerror, retryInterval, retryTimeout, ioHang } = guest;
  if (overlay === true) yield onTheMap;
  if (discard === true) yield keeping;
  if (iothread) yield { ...guest, iothread: false };
  if (disk !== 'virtio-blk') yield { ...guest, disk: 'virtio-blk' };
  for (const seconds of below(ioHang, [0, 1])) yield { ...guest, ioHang: seconds };
  for (const ms of below(retryTimeout, [0, 300])) yield { ...guest, retryTimeout: ms };
  for (const ms of below(retryInterval, [50, 200])) yield { ...guest, retryInterval: ms };
  for (const policy of simpler(werror)) yield { ...guest, werror: policy };
  for (const policy of simpler(rerror)) {
    if (policy !== 'enospc') yield { ...guest, rerror: policy };
  }
}

const below = (value: number, known: readonly number[]): number[] =>
  known.filter((other) => other < value);

/** The first one is a disk's default. */
const SIMPLEST_FIRST: readonly ErrorPolicy[] = ['report', 'stop', 'ignore', 'enospc', 'retry'];

const simpler = (policy: ErrorPolicy): readonly ErrorPolicy[] =>
  SIMPLEST_FIRST.slice(0, SIMPLEST_FIRST.indexOf(policy));
