// delay.ts — Delays I/O before it is sent down, with a delay each for reads, writes and flushes. Mirrors drivers/md/dm-delay.c.
import type { Bio } from '@dmsim/block';
import { isWrite, JIFFY, REQ, REQ_OP } from '@dmsim/block';
import type { Nanos, Timer, Work, Workqueue } from '@dmsim/sim';
import {
  createTimer,
  createWork,
  createWorkqueue,
  deleteTimer,
  isArmed,
  millis,
  modTimer,
  queueWork,
} from '@dmsim/sim';

import { submitRemapped } from '../map-bio.ts';
import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseKernelUnsigned, parseSector } from '../table/parse-number.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrFailure, CtrResult, DmTarget, MapVerdict, TargetType } from '../target-type.ts';

interface DelayClass {
  readonly dev: DmDev;
  readonly start: number;
  readonly delayMs: number;
  /** How many bios are held now. */
  held: number;
}

interface Held {
  readonly bio: Bio;
  readonly delayClass: DelayClass;
  readonly expires: Nanos;
}

interface Delay {
  readonly read: DelayClass;
  readonly write: DelayClass;
  readonly flush: DelayClass;
  /** The classes that the table names: the table line shows them as they were given. */
  readonly given: readonly DelayClass[];
  /** In order of arrival. */
  held: Held[];
  /** False while suspended: then every bio passes at once. */
  mayDelay: boolean;
  readonly timer: Timer;
  armedFor: Nanos;
  readonly wq: Workqueue;
  readonly flushExpired: Work;
}

/** { <dev> <start> <delay ms> }, once for all, twice for read and write, three times for read, write and flush */
function ctr(ti: DmTarget<Delay>, argv: readonly string[]): CtrResult<Delay> {
  if (![3, 6, 9].includes(argv.length)) {
    return { error: 'Requires exactly 3, 6 or 9 arguments', errno: 'EINVAL' };
  }
  const classes: DelayClass[] = [];
  for (let i = 0; i < 3; i++) {
    // A class that is not given is the same as the one before it.
    const at = Math.min(i * 3, argv.length - 3);
    const made = parseClass(ti, argv.slice(at, at + 3));
    if ('error' in made) {
      for (const { dev } of classes) putDevice(ti, dev);
      return made;
    }
    classes.push(made);
  }
  ti.numFlushBios = 1;
  ti.numDiscardBios = 1;
  ti.accountsRemappedIo = true;
  return { state: createState(ti, classes, argv.length / 3) };
}

function createState(ti: DmTarget<Delay>, classes: readonly DelayClass[], given: number): Delay {
  const [read, write, flush] = classes as [DelayClass, DelayClass, DelayClass];
  const { sim } = ti.table.md.dm;
  const state: Delay = {
    read,
    write,
    flush,
    given: classes.slice(0, given),
    held: [],
    mayDelay: true,
    timer: createTimer(sim, {
      name: 'delay: next I/O is due',
      owner: ti,
      fire: () => void queueWork(state.wq, state.flushExpired),
    }),
    armedFor: 0,
    wq: createWorkqueue(sim, 'kdelayd'),
    flushExpired: createWork('delay: submit what is due', () => submitDue(state)),
  };
  return state;
}

function parseClass(
  ti: DmTarget<Delay>,
  [path = '', offset = '', delay = '']: readonly string[],
): DelayClass | CtrFailure {
  const start = parseSector(offset);
  if (start === null) return { error: 'Invalid device sector', errno: 'EINVAL' };
  const delayMs = parseKernelUnsigned(delay);
  if (delayMs === null) return { error: 'Invalid delay', errno: 'EINVAL' };
  const dev = getDevice(ti, path);
  if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
  return { dev, start, delayMs, held: 0 };
}

function classOf({ read, write, flush }: Delay, bio: Bio): DelayClass {
  if (bio.op === REQ_OP.FLUSH || (bio.flags & REQ.PREFLUSH) !== 0) return flush;
  return isWrite(bio.op) ? write : read;
}

function map(ti: DmTarget<Delay>, bio: Bio): MapVerdict {
  const { state } = ti;
  const delayClass = classOf(state, bio);
  bio.dev = delayClass.dev.bdev;
  if (bio.nrSectors > 0) bio.sector = delayClass.start + (bio.sector - ti.begin);
  if (delayClass.delayMs === 0 || !state.mayDelay) return 'remapped';
  const { now } = state.wq.sim;
  const jiffies = Math.floor(now / JIFFY) + Math.ceil(millis(delayClass.delayMs) / JIFFY);
  const expires = jiffies * JIFFY;
  delayClass.held++;
  state.held.push({ bio, delayClass, expires });
  armFor(state, expires);
  return 'submitted';
}

/** Leaves a timer alone that is armed for an earlier time. */
function armFor(state: Delay, expires: Nanos): void {
  const { timer, wq, armedFor } = state;
  if (isArmed(timer) && armedFor <= expires) return;
  state.armedFor = expires;
  modTimer(timer, expires - wq.sim.now);
}

function submitDue(state: Delay): void {
  const { now } = state.wq.sim;
  const due = state.held.filter(({ expires }) => expires <= now);
  state.held = state.held.filter(({ expires }) => expires > now);
  submitHeld(due);
  let next = Infinity;
  for (const { expires } of state.held) next = Math.min(next, expires);
  if (next !== Infinity) armFor(state, next);
}

function submitHeld(bios: readonly Held[]): void {
  for (const { delayClass } of bios) delayClass.held--;
  for (const { bio } of bios) submitRemapped(bio);
}

/** Sends all held bios now, since suspend waits for them. */
function presuspend({ state }: DmTarget<Delay>): void {
  state.mayDelay = false;
  deleteTimer(state.timer);
  const all = state.held;
  state.held = [];
  submitHeld(all);
}

function status({ state }: DmTarget<Delay>, kind: 'info' | 'table'): string {
  const { read, write, flush, given } = state;
  if (kind === 'info') return `${read.held} ${write.held} ${flush.held}`;
  return given.map(({ dev, start, delayMs }) => `${dev.name} ${start} ${delayMs}`).join(' ');
}

export const delayTarget: TargetType<Delay> = {
  name: 'delay',
  version: [1, 4, 0],
  ctr,
  dtr(ti) {
    deleteTimer(ti.state.timer);
    for (const { dev } of [ti.state.read, ti.state.write, ti.state.flush]) putDevice(ti, dev);
  },
  map,
  presuspend,
  resume(ti) {
    ti.state.mayDelay = true;
  },
  status,
  locate({ begin, state: { read, write } }, sector) {
    if (read.dev !== write.dev || read.start !== write.start) return null;
    return { dev: write.dev, sector: write.start + sector - begin };
  },
  iterateDevices(ti, fn) {
    for (const { dev, start } of [ti.state.read, ti.state.write, ti.state.flush]) {
      fn(dev, start, ti.len);
    }
  },
};
