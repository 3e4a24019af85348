// provisioning.ts — The commands with which a disk unmaps and zeroes blocks, as it reports them and as the administrator changes them. Mirrors drivers/scsi/sd.c: sd_config_discard, sd_config_write_same.
import type { Errno } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { QueueLimits } from '../limits.ts';
import { withLimits } from '../limits.ts';
import type { SysfsAttributes } from '../sysfs-attribute.ts';
import { parseNumber, sameWord, shows, ULONG } from '../sysfs-attribute.ts';
import type { ScsiDevice } from './scsi-device.ts';

/** The abilities that a thinly provisioned disk reports. */
export interface ThinSupport {
  /** Blocks that one UNMAP may have; 0 = it has no UNMAP. */
  readonly unmapBlocks: number;
  readonly writeSame16: boolean;
  readonly writeSame10: boolean;
  /** Unmapped blocks read as zeroes. */
  readonly readsZeroes: boolean;
  /** Blocks that are unmapped together. */
  readonly granularity: number;
  /** The byte that an unmapped block is full of; null: it keeps its data. */
  readonly unmapped: number | null;
}

const DISCARD_MODES = [
  'full',
  'unmap',
  'writesame_16',
  'writesame_10',
  'writesame_zero',
  'disabled',
] as const;
type DiscardMode = (typeof DISCARD_MODES)[number];

const ZEROING_MODES = ['write', 'writesame', 'writesame_16_unmap', 'writesame_10_unmap'] as const;
type ZeroingMode = (typeof ZEROING_MODES)[number];

export interface Provisioning {
  readonly support: ThinSupport | null;
  discard: DiscardMode;
  zeroing: ZeroingMode;
  /** Blocks that one WRITE SAME may have; 0: the administrator does without it. */
  sameBlocks: number;
}

/** SD_MAX_WS16_BLOCKS, SD_MAX_WS10_BLOCKS; the disk's own limit for WRITE SAME is the latter, too. */
const MAX_UNMAP_BLOCKS = 0x7fffff;
const MAX_SAME_BLOCKS = 0xffff;

/** The kernel's choice when it finds the disk. */
export function chooseProvisioning(
  support: ThinSupport | null,
  sameBlocks: number = MAX_SAME_BLOCKS,
): Provisioning {
  if (support === null) return { support, discard: 'full', zeroing: 'writesame', sameBlocks };
  const { unmapBlocks, writeSame16, writeSame10, readsZeroes } = support;
  const bySame = writeSame16 ? 'writesame_16' : writeSame10 ? 'writesame_10' : 'disabled';
  const isZeroed = readsZeroes && (writeSame16 || writeSame10);
  return {
    support,
    discard: unmapBlocks > 0 ? 'unmap' : bySame,
    zeroing: !isZeroed ? 'writesame' : writeSame16 ? 'writesame_16_unmap' : 'writesame_10_unmap',
    sameBlocks,
  };
}

/** The blocks of WRITE SAME in whole physical blocks of the disk (sd_config_write_same). */
export function wholeBlocks(blocks: number, limits: Partial<QueueLimits>): number {
  const { physicalBlockSize = 512, logicalBlockSize = 512 } = limits;
  return blocks - (blocks % (physicalBlockSize / logicalBlockSize));
}

/** The blocks that one discard may have. */
export function discardBlocks({ support, discard, sameBlocks }: Provisioning): number {
  const unmapBlocks = support?.unmapBlocks ?? 0;
  switch (discard) {
    case 'full':
    case 'disabled':
      return 0;
    case 'unmap':
      return Math.min(unmapBlocks === 0 ? MAX_UNMAP_BLOCKS : unmapBlocks, MAX_UNMAP_BLOCKS);
    case 'writesame_16':
    case 'writesame_10':
    case 'writesame_zero':
      return sameBlocks;
  }
}

function storeDiscardMode(sdev: ScsiDevice, text: string): Errno | undefined {
  const mode = DISCARD_MODES.find((one) => sameWord(text, one));
  if (mode === undefined) return 'EINVAL';
  const { provisioning, disk } = sdev;
  const isOff = mode === 'full' || mode === 'disabled';
  if (provisioning.support === null && !isOff)
    throw new NotSupported('sysfs', 0, `provisioning_mode ${mode} of a disk that cannot unmap`);
  provisioning.discard = mode;
  if (disk === null) return undefined;
  const sectors = discardBlocks(provisioning) * (disk.limits.logicalBlockSize / 512);
  disk.limits = withLimits(disk.limits, {
    maxDiscardSectors: sectors,
    maxHwDiscardSectors: sectors,
  });
  return undefined;
}

/** More than SD_MAX_WS16_BLOCKS change nothing. */
function storeSameBlocks({ provisioning, disk }: ScsiDevice, text: string): Errno | undefined {
  const blocks = parseNumber(text, ULONG);
  if (typeof blocks === 'string') return blocks;
  if (blocks > MAX_UNMAP_BLOCKS) return undefined;
  provisioning.sameBlocks = disk === null ? blocks : wholeBlocks(blocks, disk.limits);
  if (disk === null) return undefined;
  const maxWriteZeroesSectors = provisioning.sameBlocks * (disk.limits.logicalBlockSize / 512);
  disk.limits = withLimits(disk.limits, { maxWriteZeroesSectors });
  return undefined;
}

/** How zeroes are written makes no difference to what is then read. */
function storeZeroingMode({ provisioning }: ScsiDevice, text: string): Errno | undefined {
  const mode = ZEROING_MODES.find((one) => sameWord(text, one));
  if (mode === undefined) return 'EINVAL';
  provisioning.zeroing = mode;
  return undefined;
}

/** In /sys/class/scsi_disk/H:C:T:L */
export const provisioningAttributes: SysfsAttributes<ScsiDevice> = {
  max_write_same_blocks: {
    show: ({ provisioning }) => `${provisioning.sameBlocks}\n`,
    store: storeSameBlocks,
  },
  provisioning_mode: {
    show: ({ provisioning }) => `${provisioning.discard}\n`,
    store: storeDiscardMode,
  },
  thin_provisioning: shows(({ provisioning }) => (provisioning.support === null ? 0 : 1)),
  zeroing_mode: {
    show: ({ provisioning }) => `${provisioning.zeroing}\n`,
    store: storeZeroingMode,
  },
};
