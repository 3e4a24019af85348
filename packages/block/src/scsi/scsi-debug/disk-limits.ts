// disk-limits.ts — The limits of scsi_debug's disks, by its parameters.
import type { QueueLimits } from '../../limits.ts';
import type { ThinSupport } from '../provisioning.ts';
import { chooseProvisioning, discardBlocks, wholeBlocks } from '../provisioning.ts';
import type { ScsiDebugParams } from './scsi-debug.ts';

const MIB = 1048576;

/** The disk tells which blocks it holds: some may be unmapped. */
export const isThin = ({ lbpu, lbpws, lbpws10 }: ScsiDebugParams): boolean =>
  lbpu || lbpws || lbpws10;

/** The most blocks that a READ(10) or a WRITE(10) can have (SD_DEF_XFER_BLOCKS). */
const MAX_TRANSFER_BLOCKS = 0xffff;

/** The blocks of the largest request: the whole disk, which a small one does not say (inquiry_vpd_b0). */
function transferBlocks({ dev_size_mb: megabytes, sector_size: size }: ScsiDebugParams): number {
  const blocks = (megabytes * MIB) / size;
  return Math.min(blocks > 0x400 ? blocks : MAX_TRANSFER_BLOCKS, MAX_TRANSFER_BLOCKS);
}

export function thinSupport(params: ScsiDebugParams): ThinSupport | null {
  if (!isThin(params)) return null;
  return {
    unmapBlocks: params.lbpu ? params.unmap_max_blocks : 0,
    writeSame16: params.lbpws,
    writeSame10: params.lbpws10,
    readsZeroes: params.lbprz === 1,
    granularity: params.unmap_granularity,
    unmapped: params.lbprz === 0 ? null : params.lbprz % 2 === 1 ? 0 : 0xff,
  };
}

export function limitsOf(params: ScsiDebugParams): Partial<QueueLimits> {
  const { sector_size: logicalBlockSize } = params;
  const physicalBlockSize = logicalBlockSize * 2 ** params.physblk_exp;
  const sameBlocks = wholeBlocks(params.write_same_length, { logicalBlockSize, physicalBlockSize });
  const provisioning = chooseProvisioning(thinSupport(params), params.write_same_length);
  const discardSectors = discardBlocks(provisioning) * (logicalBlockSize / 512);
  const perBlock = logicalBlockSize / 512;
  const maxDevSectors = transferBlocks(params) * perBlock;
  // An optimal size above that of the largest request is none (sd_validate_opt_xfer_size).
  const ioOpt = params.opt_blks > transferBlocks(params) ? 0 : params.opt_blks * logicalBlockSize;
  return {
    logicalBlockSize,
    physicalBlockSize,
    alignmentOffset: params.lowest_aligned * logicalBlockSize,
    ioMin: logicalBlockSize * 2 ** Math.max(params.physblk_exp, params.opt_xferlen_exp),
    ioOpt,
    // The default, unless the optimal size is larger (blk_validate_limits).
    maxSectors: Math.min(Math.max(2560, ioOpt / 512), maxDevSectors),
    // The host takes requests of any size.
    maxHwSectors: 0xffffffff,
    maxDevSectors,
    maxSegments: 2048,
    maxSegmentSize: 0xffffffff,
    maxDiscardSectors: discardSectors,
    maxHwDiscardSectors: discardSectors,
    maxWriteZeroesSectors: sameBlocks * perBlock,
    discardGranularity: params.unmap_granularity * logicalBlockSize,
    writeCache: true,
    fua: true,
  };
}
