// driver-names.ts — The block drivers of QEMU 7.2. Mirrors qapi/block-core.json: BlockdevDriver.

/** A driver of these that is not simulated is refused by name; any other word is refused as QEMU does. */
export const DRIVERS: readonly string[] = `
  blkdebug blklogwrites blkreplay blkverify bochs cloop compress copy-before-write
  copy-on-read dmg file snapshot-access ftp ftps gluster host_cdrom host_device http https
  iscsi luks nbd nfs null-aio null-co nvme parallels preallocate qcow qcow2 qed quorum raw
  rbd replication ssh throttle vdi vhdx vmdk vpc vvfat
`
  .trim()
  .split(/\s+/);
