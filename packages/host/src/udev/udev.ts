// udev.ts — The state of udevd: properties of devices, claims on links, events on their way, listeners. Mirrors systemd's udevd: struct Manager.
import type { Uevent } from '@dmsim/dm';
import type { WaitQueue } from '@dmsim/sim';
import { createWaitQueue } from '@dmsim/sim';

import type { NumberedUevent } from '../uevent-bus.ts';

export type Properties = ReadonlyMap<string, string>;

/** A uevent of a block device, which is never bound to a driver. */
export interface BlockUevent extends NumberedUevent {
  readonly action: Uevent['action'];
}

export const isBlockUevent = (event: NumberedUevent): event is BlockUevent =>
  event.devpath.includes('/block/') && event.action !== 'bind' && event.action !== 'unbind';

/** With the properties that the rules gave it. */
export interface ProcessedUevent extends BlockUevent {
  /** `sda`, `dm-0` */
  readonly kernel: string;
  readonly properties: Properties;
  /** As in `UdevRecord`. */
  readonly links: readonly string[];
}

export interface UdevRecord {
  readonly properties: Properties;
  /** The links that the device claims, below /dev. */
  readonly links: readonly string[];
  readonly linkPriority: number;
}

/** A semaphore on which a dmsetup waits for udev; those of `dmsetup udevcreatecookie` several calls share. */
export interface Semaphore {
  /** One for its maker, and one for each event that carries its cookie and is not finished. */
  value: number;
  /** The virtual time of the last change by an event; null: none yet. */
  changed: number | null;
  readonly made: number;
  /** The kernel's number: semaphores are numbered as they are made. */
  readonly semid: number;
}

export interface UdevState {
  /** Whether udevd runs, as in labs that begin with `#udev`. */
  running: boolean;
  /** `udevadm control --stop-exec-queue`: events are gathered, and none is begun. */
  stopped: boolean;
  /** The records of devices, by kernel name. */
  readonly database: Map<string, UdevRecord>;
  /** The links that were made below /dev, and the kernel name that each leads to. */
  readonly madeLinks: Map<string, string>;
  /** By kernel name: the links that a device claims. */
  readonly claimedLinks: Map<string, readonly string[]>;
  /** By link: with what priority each device claims it, in the order in which they came. */
  readonly linkHolders: Map<string, Map<string, number>>;
  /** The unfinished events of each device, oldest first. */
  readonly queues: Map<string, BlockUevent[]>;
  /** This queue is woken after each event. */
  readonly processed: WaitQueue;
  readonly listeners: Set<(event: ProcessedUevent) => void>;
  /** The block devices whose node udev watches: when a writer closes one, udev sends a change event. */
  readonly watched: Set<string>;
  nextCookie: number;
  /** By the lower half of their cookies. */
  readonly semaphores: Map<number, Semaphore>;
}

export const createUdevState = (): UdevState => ({
  running: false,
  stopped: false,
  database: new Map(),
  madeLinks: new Map(),
  claimedLinks: new Map(),
  linkHolders: new Map(),
  queues: new Map(),
  processed: createWaitQueue('udev'),
  listeners: new Set(),
  watched: new Set(),
  nextCookie: 1,
  semaphores: new Map(),
});

/** Makes the semaphore of one call, and returns its number, the lower half of the call's cookie. It stays if the call is killed. */
export function createSemaphore(udev: UdevState, now: number): number {
  const semid = udev.nextCookie++ - 1;
  const id = (semid + 1) % 0xffff;
  udev.semaphores.set(id, { value: 1, changed: null, made: now, semid });
  return id;
}

/** Whether nobody but its maker counts on the semaphore any more: then it goes. */
export function destroyIfDone({ semaphores }: UdevState, id: number): boolean {
  if ((semaphores.get(id)?.value ?? 0) > 0) return false;
  semaphores.delete(id);
  return true;
}

/** An event that carries `cookie` has come, or is finished: `by` is 1 or -1. */
export function countCookie(
  { semaphores }: UdevState,
  cookie: number,
  by: number,
  now: number,
): void {
  const semaphore = semaphores.get(cookie & 0xffff);
  if (semaphore === undefined) return;
  semaphore.value += by;
  semaphore.changed = now;
}

/** Whether no event is unfinished. */
export const isIdle = ({ queues }: UdevState): boolean => queues.size === 0;
