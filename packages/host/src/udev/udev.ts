// udev.ts — What udevd keeps: properties of devices, who claims which link, events on their way, who listens. Mirrors systemd's udevd: struct Manager.
import type { WaitQueue } from '@dmsim/sim';
import { createWaitQueue } from '@dmsim/sim';

import type { NumberedUevent } from '../uevent-bus.ts';

export type Properties = ReadonlyMap<string, string>;

/** A uevent with the properties that the rules gave it. */
export interface ProcessedUevent extends NumberedUevent {
  /** `sda`, `dm-0` */
  readonly kernel: string;
  readonly properties: Properties;
}

export interface UdevRecord {
  readonly properties: Properties;
  /** Below /dev. */
  readonly links: readonly string[];
  readonly linkPriority: number;
}

export interface UdevState {
  /** udevd runs: labs that begin with `#udev`. */
  running: boolean;
  /** By kernel name. */
  readonly database: Map<string, UdevRecord>;
  /** The links that were made below /dev, and the kernel name that each leads to. */
  readonly madeLinks: Map<string, string>;
  /** Events of each device that no worker is done with, oldest first. */
  readonly queues: Map<string, NumberedUevent[]>;
  /** Woken after each event. */
  readonly processed: WaitQueue;
  readonly listeners: Set<(event: ProcessedUevent) => void>;
  /** Block devices whose node is watched: a close after writing is a change. */
  readonly watched: Set<string>;
  nextCookie: number;
  /** Cookies whose event is on its way. */
  readonly cookies: Set<number>;
}

export const createUdevState = (): UdevState => ({
  running: false,
  database: new Map(),
  madeLinks: new Map(),
  queues: new Map(),
  processed: createWaitQueue('udev'),
  listeners: new Set(),
  watched: new Set(),
  nextCookie: 1,
  cookies: new Set(),
});

/** Number of events that the rules are not done with. */
export const isIdle = ({ queues }: UdevState): boolean => queues.size === 0;
