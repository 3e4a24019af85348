// striped.ts — Distributes chunks over several devices. Mirrors drivers/md/dm-stripe.c.
import type { Bio } from '@dmsim/block';
import { BLK_STS, bioEndio, REQ, REQ_OP } from '@dmsim/block';
import type { Work } from '@dmsim/sim';
import { createWork, queueWork } from '@dmsim/sim';

import { tableEvent } from '../event.ts';
import { targetBioNr } from '../free-io.ts';
import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseKernelUint, parseSector } from '../table/parse-number.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrFailure, CtrResult, DmTarget, MapVerdict, TargetType } from '../target-type.ts';

/** The number of errors of a device after which no more events are raised for it. */
const ERROR_THRESHOLD = 15;

interface Stripe {
  readonly dev: DmDev;
  readonly start: number;
  errorCount: number;
}

interface Striped {
  readonly chunk: number;
  readonly stripes: readonly Stripe[];
  readonly triggerEvent: Work;
}

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** <stripes> <chunk> { <dev> <start> }+ */
function ctr(ti: DmTarget<Striped>, argv: readonly string[]): CtrResult<Striped> {
  const geometry = parseGeometry(ti.len, argv);
  if ('error' in geometry) return geometry;
  const { count, chunk } = geometry;
  const stripes = parseStripes(ti, argv.slice(2));
  if ('error' in stripes) return stripes;
  ti.maxIoLen = chunk;
  ti.numFlushBios = count;
  ti.numDiscardBios = count;
  ti.numWriteZeroesBios = count;
  ti.flushBypassesMap = true;
  const triggerEvent = createWork('striped: trigger event', () => tableEvent(ti.table));
  return { state: { chunk, stripes, triggerEvent } };
}

/** Checks `<stripes> <chunk>` against the target's length in sectors and the number of arguments. */
function parseGeometry(
  len: number,
  argv: readonly string[],
): { count: number; chunk: number } | CtrFailure {
  if (argv.length < 2) return invalid('Not enough arguments');
  const count = parseKernelUint(argv[0] ?? '');
  if (count === null || count === 0) return invalid('Invalid stripe count');
  const chunk = parseKernelUint(argv[1] ?? '');
  if (chunk === null || chunk === 0) return invalid('Invalid chunk_size');
  if (len % count !== 0) return invalid('Target length not divisible by number of stripes');
  if ((len / count) % chunk !== 0) return invalid('Target length not divisible by chunk size');
  if (argv.length !== 2 + 2 * count) return invalid('Not enough destinations specified');
  return { count, chunk };
}

/** Opens the devices of `{ <dev> <start> }+`: all of them, or none if one fails. */
function parseStripes(ti: DmTarget<Striped>, pairs: readonly string[]): Stripe[] | CtrFailure {
  const stripes: Stripe[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const stripe = parseStripe(ti, pairs[i] ?? '', pairs[i + 1] ?? '');
    if ('error' in stripe) {
      for (const { dev } of stripes) putDevice(ti, dev);
      return stripe;
    }
    stripes.push(stripe);
  }
  return stripes;
}

function parseStripe(ti: DmTarget<Striped>, path: string, offset: string): Stripe | CtrFailure {
  const failed = "Couldn't parse stripe destination";
  const start = parseSector(offset);
  if (start === null) return invalid(failed);
  const dev = getDevice(ti, path);
  if (typeof dev === 'string') return { error: failed, errno: dev };
  return { dev, start, errorCount: 0 };
}

/** Finds the stripe that holds a sector of the target, and the sector within that stripe. */
function locate({ chunk, stripes }: Striped, offset: number): { index: number; sector: number } {
  const chunkNr = Math.floor(offset / chunk);
  const index = chunkNr % stripes.length;
  return { index, sector: Math.floor(chunkNr / stripes.length) * chunk + (offset % chunk) };
}

function map(ti: DmTarget<Striped>, bio: Bio): MapVerdict {
  const { stripes } = ti.state;
  if (bio.op === REQ_OP.DISCARD || bio.op === REQ_OP.WRITE_ZEROES) return mapRange(ti, bio);
  const { index, sector } = locate(ti.state, bio.sector - ti.begin);
  const stripe = stripes[index] as Stripe;
  bio.dev = stripe.dev.bdev;
  bio.sector = stripe.start + sector;
  return 'remapped';
}

/** Each clone takes the part of the range that lies on its stripe, which may be empty (stripe_map_range). */
function mapRange(ti: DmTarget<Striped>, bio: Bio): MapVerdict {
  const index = targetBioNr(bio);
  const stripe = ti.state.stripes[index] as Stripe;
  const offset = bio.sector - ti.begin;
  const begin = rangeSector(ti.state, offset, index);
  const end = rangeSector(ti.state, offset + bio.nrSectors, index);
  if (begin >= end) {
    bioEndio(bio);
    return 'submitted';
  }
  bio.dev = stripe.dev.bdev;
  bio.sector = stripe.start + begin;
  bio.nrSectors = end - begin;
  return 'remapped';
}

/** The first sector on stripe `index` at or after `offset` of the target. */
function rangeSector(striped: Striped, offset: number, index: number): number {
  const { chunk } = striped;
  const at = locate(striped, offset);
  if (at.index === index) return at.sector;
  const row = Math.floor(at.sector / chunk) * chunk;
  return at.index < index ? row : row + chunk;
}

/** Counts the error for every stripe on the device, and raises an event up to the threshold. */
function countError(ti: DmTarget<Striped>, bio: Bio): void {
  for (const stripe of ti.state.stripes) {
    if (stripe.dev.bdev !== bio.dev) continue;
    stripe.errorCount++;
    if (stripe.errorCount < ERROR_THRESHOLD)
      queueWork(ti.table.md.dm.systemWq, ti.state.triggerEvent);
  }
}

function status({ state: { chunk, stripes } }: DmTarget<Striped>, kind: 'info' | 'table'): string {
  if (kind === 'table') {
    const where = stripes.map(({ dev, start }) => ` ${dev.name} ${start}`).join('');
    return `${stripes.length} ${chunk}${where}`;
  }
  const names = stripes.map(({ dev }) => `${dev.name} `).join('');
  const health = stripes.map(({ errorCount }) => (errorCount > 0 ? 'D' : 'A')).join('');
  return `${stripes.length} ${names}1 ${health}`;
}

const measure = ({ state: { chunk, stripes } }: DmTarget<Striped>): string =>
  [
    `stripes=${stripes.length},chunk_size=${chunk}`,
    ...stripes.map(
      ({ dev, start, errorCount }, i) =>
        `stripe_${i}_device_name=${dev.name},stripe_${i}_physical_start=${start},stripe_${i}_status=${errorCount > 0 ? 'D' : 'A'}`,
    ),
  ].join(',');

export const stripedTarget: TargetType<Striped> = {
  name: 'striped',
  version: [1, 6, 0],
  ctr,
  dtr(ti) {
    for (const { dev } of ti.state.stripes) putDevice(ti, dev);
  },
  map,
  endIo(ti, bio) {
    if (bio.status === BLK_STS.OK || bio.status === BLK_STS.NOTSUPP) return 'done';
    if ((bio.flags & REQ.RAHEAD) === 0) countError(ti, bio);
    return 'done';
  },
  status,
  measure,
  /** The minimal good I/O size is a chunk, the optimal one a row of chunks. */
  ioHints: ({ state: { chunk, stripes } }, limits) => ({
    ...limits,
    ioMin: chunk * 512,
    ioOpt: chunk * 512 * stripes.length,
    chunkSectors: chunk,
  }),
  locate({ begin, state }, sector) {
    const at = locate(state, sector - begin);
    const { dev, start } = state.stripes[at.index] as Stripe;
    return { dev, sector: start + at.sector };
  },
  iterateDevices(ti, fn) {
    const width = ti.len / ti.state.stripes.length;
    for (const { dev, start } of ti.state.stripes) fn(dev, start, width);
  },
};
