// device-nodes.ts — The nodes of /dev/mapper, which dmsetup and multipathd make themselves if no udev runs (libdevmapper).

export interface NewNode {
  readonly major: number;
  readonly minor: number;
  /** The permission bits. @defaultValue 0o660 */
  readonly mode?: number;
  /** @defaultValue 6, the group disk */
  readonly gid?: number;
}

/** `own`: the caller does not leave it to udev, whether or not one runs (DM_DISABLE_UDEV). */
export interface DeviceNodes {
  /** Makes the node, or replaces it. Returns false if a file that is no block device is in its place. */
  readonly create: (name: string, node: NewNode, own?: boolean) => boolean;
  /** Takes away whatever has the name, if anything has. Returns false for a directory, which stays. */
  readonly remove: (name: string, own?: boolean) => boolean;
  /** Takes away the node that has the name already. Returns false if a file that is no block device is in its place. */
  readonly rename: (from: string, to: string, own?: boolean) => boolean;
}
