// throttle-group.ts — Holds requests back with a leaky bucket. Mirrors util/throttle.c, block/throttle-groups.c.
//
// Each member queues reads and writes separately. A timer releases one request, and the next one too if the bucket has
// room. A member in a drained section holds nothing back: it releases its reads first, then its writes.
import type { Nanos, Sim, SimEvent } from '@dmsim/sim';
import { after } from '@dmsim/sim';

import type { Limit, LimitName, ThrottleConfig } from './throttle-config.ts';
import { LIMIT_NAMES } from './throttle-config.ts';

/** A leaky bucket for the average, and one for the burst, which must not last too long. */
interface Bucket {
  level: number;
  burstLevel: number;
}

type Kind = 'read' | 'write';

export interface ThrottleGroup {
  readonly sim: Sim;
  readonly name: string;
  config: ThrottleConfig;
  readonly buckets: Readonly<Record<LimitName, Bucket>>;
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

const bucket = (): Bucket => ({ level: 0, burstLevel: 0 });

export const createThrottleGroup = (
  sim: Sim,
  name: string,
  config: ThrottleConfig,
): ThrottleGroup => ({
  sim,
  name,
  config,
  buckets: {
    iops: bucket(),
    iopsRead: bucket(),
    iopsWrite: bucket(),
    bps: bucket(),
    bpsRead: bucket(),
    bpsWrite: bucket(),
  },
  leakedAt: sim.now,
  members: [],
  token: { read: 0, write: 0 },
  timers: { read: null, write: null },
});

/** throttle_config: other limits, and empty buckets. Requests that are held back wait for the timers they have. */
export function setConfig(group: ThrottleGroup, config: ThrottleConfig): void {
  group.config = config;
  group.leakedAt = group.sim.now;
  for (const each of Object.values(group.buckets)) {
    each.level = 0;
    each.burstLevel = 0;
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

/** throttle_leak_bucket */
function leak(group: ThrottleGroup): void {
  const { now } = group.sim;
  const elapsed = (now - group.leakedAt) / 1e9;
  group.leakedAt = now;
  if (elapsed <= 0) return;
  for (const name of LIMIT_NAMES) {
    const { avg, max, burstLength } = group.config.limits[name];
    const its = group.buckets[name];
    its.level = Math.max(0, its.level - avg * elapsed);
    if (burstLength > 1) its.burstLevel = Math.max(0, its.burstLevel - max * elapsed);
  }
}

const ITS: Readonly<Record<Kind, readonly LimitName[]>> = {
  read: ['bps', 'bpsRead', 'iops', 'iopsRead'],
  write: ['bps', 'bpsWrite', 'iops', 'iopsWrite'],
};

/** How long in ns a request must wait. */
function waitTime(group: ThrottleGroup, kind: Kind): Nanos {
  leak(group);
  return Math.max(
    ...ITS[kind].map((name) => bucketWait(group.config.limits[name], group.buckets[name])),
  );
}

/**
 * throttle_compute_wait: without a burst, a bucket holds a tenth of a second's worth before a request waits; with one, as much as
 * the burst may bring, but no faster than its rate.
 */
function bucketWait({ avg, max, burstLength }: Limit, { level, burstLevel }: Bucket): Nanos {
  if (avg === 0) return 0;
  const extra = level - (max === 0 ? avg / 10 : max * burstLength);
  if (extra > 0) return Math.ceil((extra * 1e9) / avg);
  const tooFast = burstLength > 1 ? burstLevel - max / 10 : 0;
  return tooFast > 0 ? Math.ceil((tooFast * 1e9) / max) : 0;
}

/** throttle_account */
function account(group: ThrottleGroup, kind: Kind, bytes: number): void {
  leak(group);
  const { limits, opSize } = group.config;
  const operations = opSize > 0 && bytes > opSize ? bytes / opSize : 1;
  for (const name of ITS[kind]) {
    const units = name.startsWith('bps') ? bytes : operations;
    group.buckets[name].level += units;
    if (limits[name].burstLength > 1) group.buckets[name].burstLevel += units;
  }
}
