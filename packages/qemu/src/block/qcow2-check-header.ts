// qcow2-check-header.ts — Why the header of a qcow2 image lets nobody open it. Mirrors block/qcow2.c: qcow2_do_open.
import { l1SizeFor, MAX_L1_SIZE } from './qcow2-l1.ts';

/** Where features stand that a program must know to open the image. */
export const INCOMPATIBLE = 72;
export const DIRTY = 1n;
export const CORRUPT = 2n;
const DATA_FILE = 4n;
const COMPRESSION = 8n;
const EXTENDED_L2 = 16n;
const KNOWN: bigint = DIRTY | CORRUPT | DATA_FILE | COMPRESSION | EXTENDED_L2;

/** The refusal to write to an image whose header marks it as corrupt. */
export const CORRUPT_IMAGE = 'qcow2: Image is corrupt; cannot be opened read/write';

const V3_LENGTH = 104;
export const V2_LENGTH = 72;
const [MIN_CLUSTER_BITS, MAX_CLUSTER_BITS] = [9, 21];
const REFCOUNT_ORDER = 4;
const MAX_REFCOUNT_ORDER = 6;
const LUKS = 2;
const MAX_REFCOUNT_TABLE: number = (8 << 20) / 8;
const MAX_SNAPSHOTS = 65536;
const MAX_BACKING_NAME = 1023;
const MAX_L1_INDEX = 2 ** 31 - 1;

export const headerLength = (at: DataView): number =>
  at.getUint32(4) === 2 ? V2_LENGTH : at.getUint32(100);

/** QEMU's message, or the name of what is not simulated; null if the header is in order. */
export function refuseHeader(at: DataView): string | null {
  const why = refuseLayout(at);
  if (why !== null) return why;
  const clusterSize = 2 ** at.getUint32(20);
  const isOld = at.getUint32(4) === 2;
  return (
    (isOld ? null : refuseFeatures(at)) ??
    refuseEncryption(at) ??
    refuseTables(at, clusterSize) ??
    (isOld ? null : refuseForeign(at)) ??
    refuseBackingName(at, clusterSize)
  );
}

function refuseLayout(at: DataView): string | null {
  const bits = at.getUint32(20);
  const version = at.getUint32(4);
  if (version !== 2 && version !== 3) return `Unsupported qcow2 version ${version}`;
  if (bits < MIN_CLUSTER_BITS || bits > MAX_CLUSTER_BITS)
    return `Unsupported cluster size: 2^${bits}`;
  const clusterSize = 2 ** bits;
  if (version === 3 && at.getUint32(100) < V3_LENGTH) return 'qcow2 header too short';
  if (headerLength(at) > clusterSize) return 'qcow2 header exceeds cluster size';
  return at.getBigUint64(8) > BigInt(clusterSize) ? 'Invalid backing file offset' : null;
}

function refuseFeatures(at: DataView): string | null {
  const unknown = at.getBigUint64(INCOMPATIBLE) & ~KNOWN;
  if (unknown !== 0n)
    return `Unsupported qcow2 feature(s): Unknown incompatible feature: ${unknown.toString(16)}`;
  return at.getUint32(96) > MAX_REFCOUNT_ORDER
    ? 'Reference count entry width too large; may not exceed 64 bits'
    : null;
}

function refuseEncryption(at: DataView): string | null {
  const method = at.getUint32(32);
  if (method === 0) return null;
  return method > LUKS ? `Unsupported encryption method ${method}` : 'encryption: not simulated';
}

/** Refuses features that QEMU knows and this simulator does not, and those that QEMU refuses after the tables. */
function refuseForeign(at: DataView): string | null {
  const features = at.getBigUint64(INCOMPATIBLE);
  if ((features & DATA_FILE) !== 0n) return 'data_file: not simulated';
  if ((features & COMPRESSION) !== 0n)
    return 'qcow2: Compression type incompatible feature bit must not be set';
  if ((features & EXTENDED_L2) !== 0n) return 'extended_l2=on: not simulated';
  const order = at.getUint32(96);
  return order === REFCOUNT_ORDER ? null : `refcount_bits=${2 ** order}: not simulated`;
}

interface Table {
  readonly name: string;
  readonly entries: number;
  readonly most: number;
  readonly offset: bigint;
}

function refuseTables(at: DataView, clusterSize: number): string | null {
  const clusters = at.getUint32(56);
  if (clusters === 0) return 'Image does not contain a reference count table';
  const l1Size = at.getUint32(36);
  const tables: readonly Table[] = [
    {
      name: 'Reference count table',
      entries: (clusters * clusterSize) / 8,
      most: MAX_REFCOUNT_TABLE,
      offset: at.getBigUint64(48),
    },
    {
      name: 'Snapshot table',
      entries: at.getUint32(60),
      most: MAX_SNAPSHOTS,
      offset: at.getBigUint64(64),
    },
    { name: 'Active L1 table', entries: l1Size, most: MAX_L1_SIZE, offset: at.getBigUint64(40) },
  ];
  const why = tables.map((table) => refuseTable(table, clusterSize)).find((each) => each !== null);
  if (why !== undefined) return why;
  const needed = l1SizeFor(Number(at.getBigUint64(24)), clusterSize);
  if (needed > MAX_L1_INDEX) return 'Image is too big';
  return l1Size < needed ? 'L1 table is too small' : null;
}

/** qcow2_validate_table */
function refuseTable({ name, entries, most, offset }: Table, clusterSize: number): string | null {
  if (entries > most) return `${name} too large`;
  return offset % BigInt(clusterSize) === 0n ? null : `${name} offset invalid`;
}

function refuseBackingName(at: DataView, clusterSize: number): string | null {
  const offset = Number(at.getBigUint64(8));
  if (offset === 0) return null;
  return at.getUint32(16) > Math.min(MAX_BACKING_NAME, clusterSize - offset)
    ? 'Backing file name too long'
    : null;
}
