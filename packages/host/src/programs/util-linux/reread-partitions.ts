// reread-partitions.ts — BLKRRPART: has the kernel look for partitions anew, which it refuses for maps.
import type { BlockDevice } from '@dmsim/block';
import { rescanPartitions } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { Errno } from '@dmsim/sim';

interface Kernel {
  readonly dm?: Pick<DeviceMapper, 'major'> | null;
}

export const rereadPartitions = ({ dm }: Kernel, dev: BlockDevice): Errno | undefined =>
  dev.major === dm?.major ? 'EINVAL' : rescanPartitions(dev);
