// in-flight.ts — /sys/block/X/inflight. Mirrors block/genhd.c: part_inflight_show; block/blk-mq.c: blk_mq_in_flight_rw.
import type { BlockDevice } from './block-device.ts';
import { isWrite } from './op.ts';
import { MQ_RQ } from './request.ts';

/** `reads writes`: requests that the driver has, or bios under way where there are no requests. */
export function formatInFlight(dev: BlockDevice): string {
  const [reads, writes] = inFlight(dev);
  return [reads, writes].map((n) => String(n).padStart(8)).join(' ');
}

function inFlight({ queue, stats, shownStats }: BlockDevice): [number, number] {
  if (queue === null)
    return [shownStats.inFlight - shownStats.inFlightWrites, shownStats.inFlightWrites];
  if (stats !== shownStats) return [0, 0];
  return inDriver(queue.all.filter(({ state }) => state === MQ_RQ.IN_FLIGHT));
}

function inDriver(requests: NonNullable<BlockDevice['queue']>['all']): [number, number] {
  const writes = requests.filter(({ bio }) => isWrite(bio.op)).length;
  return [requests.length - writes, writes];
}
