// plug.ts — Holds requests for a moment, so that neighbours can be merged. Mirrors block/blk-core.c: blk_start_plug, blk_finish_plug; block/blk-merge.c: blk_attempt_plug_merge, blk_attempt_bio_merge; block/elevator.c: elv_merge.
//
// A submitter of several bios starts a plug, which holds their requests until it is finished. The requests that a stacked
// driver makes of one bio outside a plug are issued one by one.
import type { Bio } from './bio.ts';
import { bioEndio, createBio } from './bio.ts';
import type { BlockLayer } from './block-device.ts';
import { totalsOf } from './disk-stats.ts';
import { REQ, REQ_OP } from './op.ts';
import type { Request, RequestQueue } from './request.ts';
import { maxSectorsOf } from './split-bio.ts';
import { BLK_STS } from './status.ts';

/** A request that is held, and the bios that have joined it, in order of sectors; none: it is its own bio. */
interface Held {
  readonly rq: Request;
  readonly bios: Bio[];
  sector: number;
  end: number;
}

export interface Plug {
  readonly held: Held[];
}

/** blk_start_plug. False if a plug is active already; it then stays active. */
export function startPlug(layer: BlockLayer): boolean {
  if (layer.plug !== null) return false;
  layer.plug = { held: [] };
  return true;
}

export function holdRequest({ layer }: RequestQueue, rq: Request): void {
  const { sector, nrSectors } = rq.bio;
  layer.plug?.held.push({ rq, bios: [], sector, end: sector + nrSectors });
}

const UNMERGEABLE = REQ.PREFLUSH | REQ.FUA | REQ.NOMERGE;

const mayMerge = ({ op, flags }: Bio): boolean =>
  (op <= REQ_OP.WRITE || op === REQ_OP.DISCARD) && (flags & UNMERGEABLE) === 0;

/** True if the bio became part of a held request. */
export function mergeIntoPlug(queue: RequestQueue, bio: Bio): boolean {
  const { plug } = queue.layer;
  if (plug === null || queue.noMerges === 2 || !mayMerge(bio)) return false;
  for (let i = plug.held.length - 1; i >= 0; i--) {
    const held = plug.held[i] as Held;
    if (held.rq.queue !== queue) continue;
    if (attemptMerge(held, bio)) return true;
    // Only a scheduler searches further than the last request.
    if (queue.scheduler === 'none' || queue.noMerges === 1) return false;
  }
  return false;
}

function attemptMerge(held: Held, bio: Bio): boolean {
  const { rq, bios } = held;
  const first = rq.bio;
  if (first.op !== bio.op || !mayMerge(first)) return false;
  if (held.end - held.sector + bio.nrSectors > maxSectorsOf(bio)) return false;
  const end = bio.sector + bio.nrSectors;
  if (held.end !== bio.sector && held.sector !== end) return false;
  if (bios.length === 0) bios.push(first);
  if (held.end === bio.sector) {
    bios.push(bio);
    held.end = end;
  } else {
    bios.unshift(bio);
    held.sector = bio.sector;
  }
  totalsOf(bio.dev.stats, bio.op).merges++;
  return true;
}

/** blk_finish_plug: returns the held requests in order, each with all bios that joined it. */
export function takeHeld(layer: BlockLayer): Request[] {
  const { plug } = layer;
  layer.plug = null;
  return (plug?.held ?? []).map(({ rq, bios }) => {
    if (bios.length > 0) rq.bio = joinBios(bios);
    return rq;
  });
}

/** Makes one bio of several neighbours, which end when it ends. */
function joinBios(bios: readonly Bio[]): Bio {
  const [first] = bios as [Bio];
  const nrSectors = bios.reduce((sum, bio) => sum + bio.nrSectors, 0);
  const data = bios.some((bio) => bio.data !== null) ? new Uint8Array(nrSectors * 512) : null;
  if (data !== null && first.op === REQ_OP.WRITE) {
    exchange(bios, data, (part, whole) => whole.set(part));
  }
  const { dev, op, flags, sector } = first;
  const whole = createBio(dev, { op, flags, sector, nrSectors, data }, endJoined);
  whole.id = first.id;
  whole.biFlags = 0;
  whole.owner = bios;
  return whole;
}

/** Calls `copy` with the data of each bio and its place in the data of all. */
function exchange(
  bios: readonly Bio[],
  data: Uint8Array,
  copy: (part: Uint8Array, whole: Uint8Array) => void,
): void {
  let at = 0;
  for (const { data: own, dataOffset, nrSectors } of bios) {
    const size = nrSectors * 512;
    if (own !== null) {
      copy(own.subarray(dataOffset, dataOffset + size), data.subarray(at, at + size));
    }
    at += size;
  }
}

function endJoined(whole: Bio): void {
  const bios = whole.owner as readonly Bio[];
  const { data, op, status } = whole;
  if (data !== null && op === REQ_OP.READ && status === BLK_STS.OK) {
    exchange(bios, data, (part, all) => part.set(all));
  }
  for (const bio of bios) {
    bio.status = status;
    bioEndio(bio);
  }
}
