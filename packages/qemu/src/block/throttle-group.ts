// throttle-group.ts — Holds requests back with a leaky bucket. Mirrors util/throttle.c, block/throttle-groups.c.
//
// Each member queues reads and writes separately. A timer releases one request, and the next one too if the bucket has
// room. A member in a drained section holds nothing back: it releases its reads first, then its writes.
import type { Nanos, Sim, SimEvent } from '@dmsim/sim';
import { after } from '@dmsim/sim';

/** The limits of a group; Infinity means no limit. */
export interface ThrottleLimits {
  /** Requests per second: in total, of reads, of writes. */
  readonly iops: number;
  readonly iopsRead: number;
  readonly iopsWrite: number;
  /** Bytes per second. */
  readonly bps: number;
  readonly bpsRead: number;
  readonly bpsWrite: number;
}

export const NO_LIMITS: ThrottleLimits = {
  iops: Infinity,
  iopsRead: Infinity,
  iopsWrite: Infinity,
  bps: Infinity,
  bpsRead: Infinity,
  bpsWrite: Infinity,
};

interface Bucket {
  perSecond: number;
  level: number;
}

type Kind = 'read' | 'write';

export interface ThrottleGroup {
  readonly sim: Sim;
  readonly name: string;
  limits: ThrottleLimits;
  readonly buckets: Readonly<Record<keyof ThrottleLimits, Bucket>>;
  leakedAt: Nanos;
  readonly members: ThrottleMember[];
  /** The member whose turn it is, for reads and for writes. */
  readonly token: Record<Kind, number>;
  readonly timers: Record<Kind, SimEvent | null>;
}

interface Held {
  readonly bytes: number;
  readonly go: () => void;
}

/** A node, or a backend, that belongs to a group. */
export interface ThrottleMember {
  readonly group: ThrottleGroup;
  readonly held: Readonly<Record<Kind, Held[]>>;
  /** The number of drained sections that the member is in. While it is not 0, the member holds nothing back. */
  disabled: number;
}

const bucket = (perSecond: number): Bucket => ({ perSecond, level: 0 });

export function createThrottleGroup(sim: Sim, name: string, limits: ThrottleLimits): ThrottleGroup {
  const { iops, iopsRead, iopsWrite, bps, bpsRead, bpsWrite } = limits;
  return {
    sim,
    name,
    limits,
    buckets: {
      iops: bucket(iops),
      iopsRead: bucket(iopsRead),
      iopsWrite: bucket(iopsWrite),
      bps: bucket(bps),
      bpsRead: bucket(bpsRead),
      bpsWrite: bucket(bpsWrite),
    },
    leakedAt: sim.now,
    members: [],
    token: { read: 0, write: 0 },
    timers: { read: null, write: null },
  };
}

/** throttle_config: other limits, and empty buckets. Requests that are held back wait for the timers they have. */
export function setLimits(group: ThrottleGroup, limits: ThrottleLimits): void {
  group.limits = limits;
  group.leakedAt = group.sim.now;
  for (const [name, each] of Object.entries(group.buckets)) {
    each.perSecond = limits[name as keyof ThrottleLimits];
    each.level = 0;
  }
}

export function joinGroup(group: ThrottleGroup): ThrottleMember {
  const member: ThrottleMember = { group, held: { read: [], write: [] }, disabled: 0 };
  group.members.push(member);
  return member;
}

export function leaveGroup(member: ThrottleMember): void {
  const { members } = member.group;
  members.splice(members.indexOf(member), 1);
}

/** Passes the request on, now or when the buckets have room. */
export function throttle(
  member: ThrottleMember,
  { kind, bytes, go }: { readonly kind: Kind; readonly bytes: number; readonly go: () => void },
): void {
  const { group, held } = member;
  if (held[kind].length > 0 || mustWait(member, kind)) {
    held[kind].push({ bytes, go });
    return;
  }
  account(group, kind, bytes);
  go();
}

/** Releases all that the member holds when a drained section begins; the requests still count in the buckets. */
export function releaseHeld(member: ThrottleMember): void {
  for (const kind of ['read', 'write'] as const) {
    for (
      let next = member.held[kind].shift();
      next !== undefined;
      next = member.held[kind].shift()
    ) {
      account(member.group, kind, next.bytes);
      next.go();
    }
  }
}

/** True if a timer for that kind is running, or if this call starts one. */
function mustWait(member: ThrottleMember, kind: Kind): boolean {
  const { group } = member;
  if (member.disabled > 0) return false;
  if (group.timers[kind] !== null) return true;
  const wait = waitTime(group, kind);
  if (wait <= 0) return false;
  group.timers[kind] = after(group.sim, wait, `throttle group ${group.name}`, () => {
    group.timers[kind] = null;
    releaseNext(group, kind);
  });
  return true;
}

/** Releases a request of the member whose turn it is. */
function releaseNext(group: ThrottleGroup, kind: Kind): void {
  for (;;) {
    const member = nextMember(group, kind);
    if (member === undefined) return;
    const next = member.held[kind].shift() as Held;
    account(group, kind, next.bytes);
    next.go();
    const following = nextMember(group, kind);
    if (following === undefined || mustWait(following, kind)) return;
  }
}

function nextMember(group: ThrottleGroup, kind: Kind): ThrottleMember | undefined {
  const { members, token } = group;
  for (let i = 0; i < members.length; i++) {
    const at = (token[kind] + i) % members.length;
    const member = members[at];
    if (member === undefined || member.held[kind].length === 0) continue;
    token[kind] = at + 1;
    return member;
  }
  return undefined;
}

function leak(group: ThrottleGroup): void {
  const { now } = group.sim;
  const elapsed = (now - group.leakedAt) / 1e9;
  group.leakedAt = now;
  if (elapsed <= 0) return;
  for (const bucket of Object.values(group.buckets))
    if (bucket.perSecond !== Infinity)
      bucket.level = Math.max(0, bucket.level - bucket.perSecond * elapsed);
}

const ITS: Readonly<Record<Kind, readonly (keyof ThrottleLimits)[]>> = {
  read: ['bps', 'bpsRead', 'iops', 'iopsRead'],
  write: ['bps', 'bpsWrite', 'iops', 'iopsWrite'],
};

/** How long in ns a request must wait. The buckets hold 100 ms worth before a request waits. */
function waitTime(group: ThrottleGroup, kind: Kind): Nanos {
  leak(group);
  let wait = 0;
  for (const name of ITS[kind]) {
    const { perSecond, level } = group.buckets[name];
    if (perSecond === Infinity) continue;
    const extra = level - perSecond / 10;
    if (extra > 0) wait = Math.max(wait, Math.ceil((extra * 1e9) / perSecond));
  }
  return wait;
}

function account(group: ThrottleGroup, kind: Kind, bytes: number): void {
  leak(group);
  for (const name of ITS[kind]) group.buckets[name].level += name.startsWith('bps') ? bytes : 1;
}
