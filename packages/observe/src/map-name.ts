// map-name.ts — The name that `dmsetup ls` gives the map that a disk belongs to.
import type { BlockDevice } from '@dmsim/block';

import type { Watched } from './watched.ts';

/** Undefined for what is no map, or one without a name any more. */
export function mapName({ dm }: Watched, disk: BlockDevice): string | undefined {
  if (disk.major !== dm.major) return undefined;
  for (const [name, { md }] of dm.cells) if (md.disk === disk) return name;
  return undefined;
}
