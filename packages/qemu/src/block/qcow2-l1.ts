// qcow2-l1.ts — How large the first table of an image is.

/** The most entries an L1 table may have (32 MiB). */
export const MAX_L1_SIZE: number = (32 << 20) / 8;

/** The entries of the L1 table of a disk, whose size and whose clusters' size are in bytes (size_to_l1). */
export const l1SizeFor = (virtualSize: number, clusterSize: number): number =>
  Math.ceil(virtualSize / (clusterSize * (clusterSize / 8)));
