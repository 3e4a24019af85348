// throttle-group.ts — A leaky bucket that holds requests back. Mirrors util/throttle.c, block/throttle-groups.c.
import type { Nanos, Sim, SimEvent } from '@dmsim/sim';
import { after, cancel } from '@dmsim/sim';

export interface ThrottleGroup {
  readonly sim: Sim;
  readonly name: string;
  /** Requests per second; Infinity = no limit. */
  readonly iopsTotal: number;
  level: number;
  leakedAt: Nanos;
  /** Requests held back, of all members, in order of arrival. */
  readonly held: Held[];
  timer: SimEvent | null;
}

interface Held {
  readonly member: ThrottleMember;
  readonly go: () => void;
}

/** A node that belongs to a group. */
export interface ThrottleMember {
  readonly group: ThrottleGroup;
  /** Drained sections it is in: then it holds nothing back. */
  disabled: number;
}

export const createThrottleGroup = (sim: Sim, name: string, iopsTotal: number): ThrottleGroup => ({
  sim,
  name,
  iopsTotal,
  level: 0,
  leakedAt: sim.now,
  held: [],
  timer: null,
});

/** Lets the request go now or when the bucket has room. */
export function throttle(member: ThrottleMember, go: () => void): void {
  const { group } = member;
  if (member.disabled > 0) {
    account(group);
    go();
    return;
  }
  group.held.push({ member, go });
  pump(group);
}

/** What the member holds goes down at once; it still counts. */
export function releaseHeld(member: ThrottleMember): void {
  const { group } = member;
  const mine = group.held.filter((held) => held.member === member);
  const others = group.held.filter((held) => held.member !== member);
  group.held.splice(0, Infinity, ...others);
  for (const { go } of mine) {
    account(group);
    go();
  }
}

function pump(group: ThrottleGroup): void {
  while (group.held.length > 0 && group.timer === null) {
    const wait = waitTime(group);
    if (wait > 0) {
      group.timer = after(group.sim, wait, `throttle group ${group.name}`, () => {
        group.timer = null;
        pump(group);
      });
      return;
    }
    account(group);
    group.held.shift()?.go();
  }
  if (group.held.length === 0 && group.timer !== null) {
    cancel(group.sim, group.timer);
    group.timer = null;
  }
}

function leak(group: ThrottleGroup): void {
  const { now } = group.sim;
  group.level = Math.max(0, group.level - (group.iopsTotal * (now - group.leakedAt)) / 1e9);
  group.leakedAt = now;
}

/** The bucket takes 100 ms worth of requests before it makes one wait. */
function waitTime(group: ThrottleGroup): Nanos {
  if (group.iopsTotal === Infinity) return 0;
  leak(group);
  const extra = group.level - group.iopsTotal / 10;
  return extra <= 0 ? 0 : Math.ceil((extra * 1e9) / group.iopsTotal);
}

function account(group: ThrottleGroup): void {
  if (group.iopsTotal === Infinity) return;
  leak(group);
  group.level++;
}
