// hung-report.ts — Reports a run that can't go on: which process waits for what, why it waits, and what would release it.
import type { MappedDevice } from '@dmsim/dm';
import type { Multipath } from '@dmsim/multipath';
import { hangReport } from '@dmsim/sim';

import type { Machine } from './machine.ts';

/** A line per waiting process, then one per map that holds I/O back, then what else stands still. */
export function hungReport(machine: Machine): string[] {
  const lines = hangReport(machine.sim);
  for (const [name, { md }] of machine.dm.cells) {
    const why = whyItHolds(machine, md, name);
    if (why !== null) lines.push(`${name} (dm-${md.minor}, ${md.name}) ${why}`);
  }
  for (const dev of machine.layer.devices.values()) {
    const queue = dev.queue ?? null;
    if (queue?.quiesced !== true || dev.major === machine.dm.major) continue;
    const state = `/sys/block/${dev.name}/device/state`;
    lines.push(`${dev.name} is blocked: 'echo running > ${state}' releases its requests`);
  }
  return lines;
}

/** Why a map holds I/O back, where the I/O is and what would release it; null for a map that does not. */
function whyItHolds(machine: Machine, md: MappedDevice, name: string): string | null {
  if (md.suspended) {
    const held = md.deferred.length + md.pushback.length;
    const where = held > 0 ? `holds ${ios(held)} in its deferred list` : 'holds what is sent to it';
    return `is suspended and ${where}: 'dmsetup resume ${name}' releases it`;
  }
  const ti = md.map?.targets[0];
  if (ti === undefined || ti.type.name !== machine.multipath.target.name) return null;
  return whyItQueues(md, ti.state as Multipath, name);
}

function whyItQueues(md: MappedDevice, m: Multipath, name: string): string | null {
  const inTarget = m.queuedBios.length;
  const count = inTarget + requestsWaiting(md);
  if (m.nrValidPaths > 0 || count === 0) return null;
  const where = inTarget > 0 ? 'in the target' : 'in the request queue';
  const path = m.priorityGroups[0]?.pgpaths[0]?.dev.name ?? 'PATH';
  return (
    `has no path and queues: ${ios(count)} ${count === 1 ? 'waits' : 'wait'} ${where}; ` +
    `'dmsetup message ${name} 0 reinstate_path ${path}' lets it go on, 'fail_if_no_path' fails it`
  );
}

function requestsWaiting({ disk }: MappedDevice): number {
  const queue = disk?.queue ?? null;
  return queue === null ? 0 : queue.waiting + queue.requeued.length;
}

const ios = (count: number): string => (count === 1 ? '1 I/O' : `${count} I/Os`);
