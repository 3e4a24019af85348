// uevent-bus.ts — Delivers the kernel's uevents, in order, to all listeners (NETLINK_KOBJECT_UEVENT).
import type { Uevent } from '@dmsim/dm';

/** A uevent of any device; those of drivers have two actions more. */
export interface KernelUevent extends Omit<Uevent, 'action'> {
  readonly action: Uevent['action'] | 'bind' | 'unbind';
}

export interface NumberedUevent extends KernelUevent {
  readonly seqnum: number;
  readonly at: number;
}

export interface UeventBus {
  seqnum: number;
  readonly listeners: Set<(event: NumberedUevent) => void>;
}

export const createUeventBus = (): UeventBus => ({ seqnum: 0, listeners: new Set() });

/** True if nobody listens: the event then counts, and need not be made. */
export function passesUnheard(bus: UeventBus): boolean {
  if (bus.listeners.size > 0) return false;
  bus.seqnum++;
  return true;
}

export function broadcast(bus: UeventBus, event: KernelUevent, at: number): void {
  const seqnum = ++bus.seqnum;
  if (bus.listeners.size === 0) return;
  const numbered: NumberedUevent = { seqnum, at, ...event };
  for (const listener of bus.listeners) listener(numbered);
}
