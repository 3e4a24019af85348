// system-programs.ts — The programs that Debian keeps in /usr/sbin; the others are in /usr/bin.

const NAMES =
  'agetty arp badblocks bcache blkdeactivate blkdiscard blkid blkzone blockdev bridge cfdisk cgdisk chcpu chgpasswd chmem ' +
  'chpasswd chroot cpgr cppw cryptsetup ctrlaltdel dcb debugfs delpart depmod devlink dmsetup dmstats dnsdomainname ' +
  'drbdadm drbdsetup dump dumpe2fs e2freefrag e2fsck e2image e2label e2mmpstatus e2scrub e2scrub_all e2undo e4crypt ' +
  'e4defrag fdisk filefrag findfs fixparts fsadm fsck fsck.ext2 fsck.ext3 fsck.ext4 fsck.vfat fsck.xfs fsfreeze ' +
  'fstab-decode fstrim gdisk genl getty groupadd groupdel groupmod hdparm hwclock ifconfig insmod integritysetup iotop ' +
  'iscsiadm iscsid iscsistart isosize killall5 kpartx ldattach ldconfig logsave losetup lvm make-bcache mdadm mdmon mke2fs ' +
  'mkfs mkfs.btrfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.f2fs mkfs.fat mkfs.ntfs mkfs.reiserfs mkfs.vfat mkfs.xfs ' +
  'mklost+found mkswap modinfo modprobe mount.nfs mpathpersist multipath multipathc multipathd nbd-client nologin nvme ' +
  'parted partprobe pivot_root pwck readprofile reboot resize2fs restore rmmod route rtcwake runuser sfdisk sgdisk ' +
  'shutdown smartctl smartd sulogin swaplabel swapoff swapon switch_root sysctl tc tcpdump tune2fs useradd userdel usermod ' +
  'vdo vdostats veritysetup vipw visudo wipefs xfs_admin xfs_bmap xfs_copy xfs_db xfs_estimate xfs_freeze xfs_fsr ' +
  'xfs_growfs xfs_info xfs_io xfs_logprint xfs_mdrestore xfs_metadump xfs_mkfile xfs_ncheck xfs_quota xfs_repair xfs_rtcp ' +
  'xfs_scrub xfs_scrub_all xfs_spaceman xfsdump xfsrestore zramctl';

const NAME_SET: ReadonlySet<string> = new Set(NAMES.split(' '));

/** Commands of LVM and of the thin, cache and era tools. */
const FAMILIES = /^(?:lv|pv|vg)[a-z]+$|^(?:cache|era|thin)_/;

export const isSystemProgram = (name: string): boolean => NAME_SET.has(name) || FAMILIES.test(name);
