// medium.ts — The medium of scsi_debug's disks, with partitions if there are to be any. Mirrors drivers/scsi/scsi_debug.c: sdebug_add_store, sdebug_build_parts.
import type { Store } from '../../store.ts';
import { createStore, writeStore } from '../../store.ts';
import type { ScsiDebugParams } from './scsi-debug.ts';

const MAX_PARTS = 4;
const LINUX = 0x83;

export function createMedium(params: ScsiDebugParams): Store {
  const store = createStore();
  if (params.num_parts > 0) writePartitions(store, params);
  return store;
}

interface Geometry {
  readonly heads: number;
  /** In a track. */
  readonly sectors: number;
}

function geometryOf(capacity: number, megabytes: number): Geometry {
  const heads = megabytes >= 256 ? 64 : megabytes >= 16 ? 32 : 8;
  const cylinders = Math.floor(capacity / (32 * heads));
  return cylinders >= 1024 ? { heads: 255, sectors: 63 } : { heads, sectors: 32 };
}

/** As many of one size as find room, each on a cylinder of its own but for the first. */
function writePartitions(store: Store, params: ScsiDebugParams): void {
  const { dev_size_mb: megabytes, sector_size: size } = params;
  const capacity = Math.floor((megabytes * 1048576) / size);
  const { heads, sectors } = geometryOf(capacity, megabytes);
  const count = Math.min(params.num_parts, MAX_PARTS);
  const cylinder = heads * sectors;
  const each = Math.floor((capacity - sectors) / count);
  const starts = [sectors];
  for (let i = 1; i < count; i++) starts.push(Math.floor((i * each) / cylinder) * cylinder);
  const lengths = starts.slice(1).map((start, i) => start - (starts[i] as number));
  const length = Math.min(each, ...lengths);
  const boot = new Uint8Array(512);
  boot[510] = 0x55;
  boot[511] = 0xaa;
  const view = new DataView(boot.buffer);
  for (const [i, start] of starts.entries()) {
    const at = 446 + 16 * i;
    const end = start + length - 1;
    writePlace(boot, at + 1, start, { heads, sectors });
    boot[at + 4] = LINUX;
    writePlace(boot, at + 5, end, { heads, sectors });
    view.setUint32(at + 8, start, true);
    view.setUint32(at + 12, length, true);
  }
  writeStore(store, 0, 1, boot, 0);
}

/** Head, sector and cylinder, as old tables have them. */
function writePlace(
  boot: Uint8Array,
  at: number,
  sector: number,
  { heads, sectors }: Geometry,
): void {
  const cylinder = Math.floor(sector / (heads * sectors));
  boot[at] = Math.floor((sector - cylinder * heads * sectors) / sectors);
  boot[at + 1] = (sector % sectors) + 1;
  boot[at + 2] = cylinder & 0xff;
}
