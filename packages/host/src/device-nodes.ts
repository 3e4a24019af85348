// device-nodes.ts — The nodes of /dev/mapper, which dmsetup and multipathd make themselves if no udev runs (libdevmapper).

export interface DeviceNodes {
  /** Makes the node, or replaces it. Returns false if a file that is no block device is in its place. */
  readonly create: (name: string, major: number, minor: number) => boolean;
  /** Does nothing if there is no such node. */
  readonly remove: (name: string) => void;
  /** Does nothing if there is no `from`. */
  readonly rename: (from: string, to: string) => void;
}
