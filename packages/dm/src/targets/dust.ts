// dust.ts — Emulates bad blocks: reads of them fail, writing mends them. Mirrors drivers/md/dm-dust.c.
import type { Bio } from '@dmsim/block';
import { isWrite, REQ_OP } from '@dmsim/block';
import { printk } from '@dmsim/sim';

import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseKernelUint, parseSector } from '../table/parse-number.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrFailure, CtrResult, DmTarget, MapVerdict, TargetType } from '../target-type.ts';
import { dustMessage } from './dust-message.ts';

const MAX_BLOCK_SECTORS = 2097152;

export interface Dust {
  readonly dev: DmDev;
  readonly start: number;
  readonly blockSize: number;
  readonly sectorsPerBlock: number;
  /** From a block's number on the device to how many writes fail before one repairs it. */
  readonly badBlocks: Map<number, number>;
  failReads: boolean;
  quiet: boolean;
}

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** <dev> <offset> <block size> */
function ctr(ti: DmTarget<Dust>, argv: readonly string[]): CtrResult<Dust> {
  const [path, offset, size] = argv;
  if (argv.length !== 3 || path === undefined || offset === undefined || size === undefined) {
    return invalid('Invalid argument count');
  }
  const blockSize = parseKernelUint(size);
  if (blockSize === null || blockSize === 0) return invalid('Invalid block size parameter');
  if (blockSize < 512) return invalid('Block size must be at least 512');
  if (!Number.isInteger(Math.log2(blockSize))) return invalid('Block size must be a power of 2');
  const sectorsPerBlock = blockSize / 512;
  if (sectorsPerBlock > Math.min(ti.len, MAX_BLOCK_SECTORS)) {
    return invalid('Block size is too large');
  }
  const start = parseSector(offset);
  if (start === null) return invalid('Invalid device offset sector');
  const dev = getDevice(ti, path);
  // The errno of the lookup is not passed on, as in Linux.
  if (typeof dev === 'string') return invalid('Device lookup failed');
  ti.maxIoLen = sectorsPerBlock;
  ti.numDiscardBios = 1;
  ti.numFlushBios = 1;
  const badBlocks = new Map<number, number>();
  return {
    state: { dev, start, blockSize, sectorsPerBlock, badBlocks, failReads: false, quiet: false },
  };
}

function map(ti: DmTarget<Dust>, bio: Bio): MapVerdict {
  const { state } = ti;
  bio.dev = state.dev.bdev;
  bio.sector = state.start + (bio.sector - ti.begin);
  if (!state.failReads) return 'remapped';
  const block = Math.floor(bio.sector / state.sectorsPerBlock);
  const failures = state.badBlocks.get(block);
  if (failures === undefined) return 'remapped';
  if (!isWrite(bio.op) && bio.op !== REQ_OP.FLUSH) return 'kill';
  if (failures > 0) {
    state.badBlocks.set(block, failures - 1);
    return 'kill';
  }
  state.badBlocks.delete(block);
  if (!state.quiet) {
    // As in Linux, the number is divided once too often.
    const shown = Math.floor(block / state.sectorsPerBlock);
    const text = `device-mapper: dust: block ${shown} removed from badblocklist by write`;
    printk(ti.table.md.dm.sim, text);
  }
  return 'remapped';
}

function status({ state }: DmTarget<Dust>, kind: 'info' | 'table'): string {
  const { dev, start, blockSize, failReads, quiet } = state;
  if (kind === 'table') return `${dev.name} ${start} ${blockSize}`;
  const mode = failReads ? 'fail_read_on_bad_block' : 'bypass';
  return `${dev.name} ${mode} ${quiet ? 'quiet' : 'verbose'}`;
}

export const dustTarget: TargetType<Dust> = {
  name: 'dust',
  version: [1, 0, 0],
  ctr,
  dtr: (ti) => putDevice(ti, ti.state.dev),
  map,
  status,
  message: (ti, argv) => dustMessage(ti, argv),
  prepareIoctl({ state: { dev, start }, len }) {
    return { dev: dev.bdev, partial: start !== 0 || len !== dev.bdev.capacity };
  },
  iterateDevices: (ti, fn) => fn(ti.state.dev, ti.state.start, ti.len),
};
