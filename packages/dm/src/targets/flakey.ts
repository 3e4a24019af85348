// flakey.ts — Works for some seconds, then fails, drops or corrupts I/O for some seconds. Mirrors drivers/md/dm-flakey.c.
import type { Bio } from '@dmsim/block';
import {
  bioEndio,
  bioHasData,
  bioIoError,
  BLK_STS,
  HZ,
  isWrite,
  JIFFY,
  REQ_OP,
} from '@dmsim/block';
import type { Prng } from '@dmsim/sim';
import { createPrng, uniformInteger } from '@dmsim/sim';

import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseKernelUnsigned, parseSector } from '../table/parse-number.ts';
import { createArgSet, shiftArgs } from '../table/read-arg.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrFailure, CtrResult, DmTarget, MapVerdict, TargetType } from '../target-type.ts';
import type { FlakeyFeatures } from './flakey-features.ts';
import { parseFeatures, PROBABILITY_BASE } from './flakey-features.ts';

interface Flakey {
  readonly dev: DmDev;
  readonly start: number;
  /** Seconds. */
  readonly up: number;
  readonly down: number;
  readonly features: FlakeyFeatures;
  /** In jiffies. The clock starts when the table is loaded, not when it is resumed. */
  readonly startedAt: number;
  readonly chance: Prng;
}

interface PerBio {
  /** It was mapped while down: the data it reads may have to be corrupted. */
  down: boolean;
}

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** <dev> <offset> <up> <down> [<#features> <feature>*] */
function ctr(ti: DmTarget<Flakey, PerBio>, argv: readonly string[]): CtrResult<Flakey> {
  const { sim } = ti.table.md.dm;
  if (argv.length < 4) return invalid('Invalid argument count');
  const args = createArgSet(argv);
  const [path = '', offset = '', ...intervals] = shiftArgs(args, 4);
  const start = parseSector(offset);
  if (start === null) return invalid('Invalid device sector');
  const [up, down] = intervals.map(parseKernelUnsigned);
  // As in Linux, the text is the same for both.
  if (typeof up !== 'number' || typeof down !== 'number') return invalid('Invalid up interval');
  const total = (up + down) % 2 ** 32;
  if (total === 0) return invalid('Total (up + down) interval is zero');
  if (total < up) return invalid('Interval overflow');
  const features = parseFeatures(args);
  if ('error' in features) return features;
  const dev = getDevice(ti, path);
  if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
  ti.numFlushBios = 1;
  ti.numDiscardBios = 1;
  const chance = createPrng((sim.seed ^ (ti.table.id * 0x9e3779b1)) | 0);
  const startedAt = Math.floor(sim.now / JIFFY);
  return { state: { dev, start, up, down, features, startedAt, chance } };
}

function isDown({ table, state: { up, down, startedAt } }: DmTarget<Flakey, PerBio>): boolean {
  const jiffies = Math.floor(table.md.dm.sim.now / JIFFY) - startedAt;
  return Math.floor(jiffies / HZ) % (up + down) >= up;
}

/** A flush counts as the write it is in Linux. */
const writes = (bio: Bio): boolean => isWrite(bio.op) || bio.op === REQ_OP.FLUSH;

function map(ti: DmTarget<Flakey, PerBio>, bio: Bio, perBio: PerBio): MapVerdict {
  perBio.down = isDown(ti);
  if (perBio.down) {
    const verdict = mapWhileDown(ti.state, bio);
    if (verdict !== undefined) return verdict;
  }
  const { dev, start } = ti.state;
  bio.dev = dev.bdev;
  bio.sector = start + (bio.sector - ti.begin);
  return 'remapped';
}

/** Undefined if the bio is sent to the device after all. */
function mapWhileDown({ features, chance }: Flakey, bio: Bio): MapVerdict | undefined {
  if (!writes(bio)) return features.errorReads ? 'kill' : undefined;
  if (features.dropWrites) {
    bioEndio(bio);
    return 'submitted';
  }
  if (features.errorWrites) {
    bioIoError(bio);
    return 'submitted';
  }
  const { corruptByte, randomWrite } = features;
  // The writer's buffer stays as it is: a copy is corrupted.
  if (corruptByte?.direction === 'w' && hasFlags(bio, corruptByte.flags)) {
    copyData(bio);
    setByte(bio, corruptByte.nth - 1, corruptByte.value);
  }
  if (strikes(chance, randomWrite)) {
    copyData(bio);
    setRandomByte(bio, chance);
  }
  return undefined;
}

const hasFlags = (bio: Bio, flags: number): boolean =>
  ((bio.op | bio.flags) & flags) >>> 0 === flags;

const strikes = (chance: Prng, probability: number): boolean =>
  probability > 0 && uniformInteger(chance, 0, PROBABILITY_BASE - 1) < probability;

function copyData(bio: Bio): void {
  if (bio.data === null || !bioHasData(bio)) return;
  bio.data = bio.data.slice(bio.dataOffset, bio.dataOffset + bio.nrSectors * 512);
  bio.dataOffset = 0;
}

/** Leaves a bio alone that is shorter. */
function setByte(bio: Bio, index: number, value: number): void {
  if (!bioHasData(bio) || index >= bio.nrSectors * 512 || bio.data === null) return;
  bio.data[bio.dataOffset + index] = value;
}

function setRandomByte(bio: Bio, chance: Prng): void {
  if (bio.nrSectors === 0) return;
  const index = uniformInteger(chance, 0, bio.nrSectors * 512 - 1);
  setByte(bio, index, uniformInteger(chance, 0, 255));
}

function endIo(ti: DmTarget<Flakey, PerBio>, bio: Bio, { down }: PerBio): 'done' {
  if (bio.status !== BLK_STS.OK || !down || writes(bio)) return 'done';
  const { features, chance } = ti.state;
  const { corruptByte, randomRead } = features;
  if (corruptByte?.direction === 'r' && hasFlags(bio, corruptByte.flags)) {
    setByte(bio, corruptByte.nth - 1, corruptByte.value);
  }
  if (strikes(chance, randomRead)) setRandomByte(bio, chance);
  return 'done';
}

function status({ state }: DmTarget<Flakey, PerBio>, kind: 'info' | 'table'): string {
  if (kind === 'info') return '';
  const { dev, start, up, down, features } = state;
  const { corruptByte: c } = features;
  const words = [
    ...(features.errorReads ? ['error_reads'] : []),
    ...(features.dropWrites ? ['drop_writes'] : []),
    ...(features.errorWrites ? ['error_writes'] : []),
    ...(c === null ? [] : ['corrupt_bio_byte', c.nth, c.direction, c.value, c.flags]),
    ...(features.randomRead > 0 ? ['random_read_corrupt', features.randomRead] : []),
    ...(features.randomWrite > 0 ? ['random_write_corrupt', features.randomWrite] : []),
  ];
  return [dev.name, start, up, down, words.length, ...words].join(' ');
}

export const flakeyTarget: TargetType<Flakey, PerBio> = {
  name: 'flakey',
  version: [1, 5, 0],
  ctr,
  dtr: (ti) => putDevice(ti, ti.state.dev),
  map,
  endIo,
  status,
  prepareIoctl({ state: { dev, start }, len }) {
    return { dev: dev.bdev, partial: start !== 0 || len !== dev.bdev.capacity };
  },
  iterateDevices: (ti, fn) => fn(ti.state.dev, ti.state.start, ti.len),
  perBio: () => ({ down: false }),
};
