// signature-probe.ts — The places that libblkid 2.38 reads on a disk to find out what is on it.

/** Bytes of a disk. */
interface Range {
  readonly offset: number;
  readonly length: number;
}

/** libblkid does not look for RAID on disks up to the size of a floppy disk. */
const TINY = 1440 * 1024;
const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The reads of a probe that finds nothing, in order, without those that lie outside the disk and those that an earlier read has
 * covered. `size` is in bytes.
 */
export function probeReads(size: number, isPartition = false): readonly Range[] {
  // The disks of a lab are as large as each other, mostly.
  if (last.size !== size || last.isPartition !== isPartition)
    last = { size, isPartition, reads: readsOf(size, isPartition) };
  return last.reads;
}

interface Reads {
  readonly size: number;
  readonly isPartition: boolean;
  readonly reads: readonly Range[];
}

let last: Reads = { size: 0, isPartition: false, reads: [] };

function readsOf(size: number, isPartition: boolean): Range[] {
  const reads: Range[] = [];
  const isHeld = ({ offset, length }: Range): boolean =>
    reads.some((one) => one.offset <= offset && offset + length <= one.offset + one.length);
  for (const [offset, length] of [
    ...raids(size, isPartition),
    ...fileSystems(size),
    [0, 512] as const,
  ]) {
    const range = { offset, length };
    if (offset >= 0 && offset + length <= size && !isHeld(range)) reads.push(range);
  }
  return reads;
}

type Read = readonly [offset: number, length: number];

/** Sectors before the end at which a Promise controller may keep its record. */
const PROMISE = [63, 255, 256, 16, 399, 591, 675, 735, 911, 974, 991, 951, 3087];

/** The records of some controllers are on whole disks only. */
function raids(size: number, isPartition: boolean): Read[] {
  if (size <= TINY) return [];
  return [
    // md: versions 0.90, 1.0, 1.1 and 1.2.
    [roundDown(size, 64 * KIB) - 64 * KIB, 64],
    [roundDown(size - 8 * KIB, 4 * KIB), 256],
    [0, 256],
    [4 * KIB, 256],
    // Controllers of other makers.
    [size - 512, 512],
    [size - 257 * 512, 512],
    ...from(
      !isPartition,
      [size - 2 * 512, 48],
      ...PROMISE.map((sectors): Read => [size - sectors * 512, 24]),
      [size - 11 * 512, 4],
    ),
  ];
}

function fileSystems(size: number): Read[] {
  const large = size > TINY;
  return [
    [4 * KIB, KIB],
    [0, KIB],
    ...from(large, [size - 4 * KIB, 104], [size - 4 * KIB, 1392], [KIB, KIB]),
    ...[16, 32, 64, 128, 256, 512, 1024, 2048, 4096].map((at): Read => [at * KIB, 512]),
    ...from(large, [MIB, KIB]),
    // A swap area ends its first page with its name, whatever the size of a page.
    ...from(size >= 40 * KIB, ...[4, 8, 16, 32, 64].map((page): Read => [(page - 1) * KIB, KIB])),
    ...from(size >= 10 * MIB, [0, 256 * KIB]),
    // The four labels of ZFS.
    ...from(
      size >= 64 * MIB,
      [256 * KIB, 256 * KIB],
      [roundDown(size, 256 * KIB) - 512 * KIB, 256 * KIB],
      [roundDown(size, 256 * KIB) - 256 * KIB, 256 * KIB],
    ),
    [KIB, KIB],
    ...from(size >= 128 * KIB, [8 * KIB, KIB], [64 * KIB, KIB]),
    [32 * KIB, KIB],
    ...[0, 8, 64, 256].map((at): Read => [at * KIB, 1377]),
    ...[19, 31, 37].map((sector): Read => [sector * 512, 512]),
    [2 * KIB, KIB],
    [2 * MIB, KIB],
    ...from(large, [28 * KIB, KIB]),
    ...from(size >= MIB, [size - 4 * KIB, KIB]),
  ];
}

const from = (asked: boolean, ...reads: readonly Read[]): readonly Read[] => (asked ? reads : []);

const roundDown = (bytes: number, unit: number): number => Math.floor(bytes / unit) * unit;

/** True if the first bytes of a disk look like something that Debian's tools write there. */
export function looksFormatted(bytes: Uint8Array): boolean {
  return SIGNATURES.some(([offset, text]) => {
    for (let i = 0; i < text.length; i++) {
      if (bytes[offset + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  });
}

/** A partition table (DOS, GPT), ext, XFS, swap, LVM and LUKS. */
const SIGNATURES: readonly (readonly [offset: number, text: string])[] = [
  [510, '\u0055\u00aa'],
  [512, 'EFI PART'],
  [1080, '\u0053\u00ef'],
  [0, 'XFSB'],
  [4086, 'SWAPSPACE2'],
  [536, 'LVM2 001'],
  [0, 'LUKS\u00ba\u00be'],
];
