// debian-programs.ts — The programs of Debian, by package. One that is not simulated ends a lab with its name, instead of being "not found".
import type { Program } from '@dmsim/vfs';

import { unsimulatedProgram } from '../unsimulated.ts';

/** The names of the programs of each package, separated by blanks. */
const PACKAGES: Readonly<Record<string, string>> = {
  acl: 'getfacl setfacl',
  apt: 'apt apt-cache apt-cdrom apt-config apt-get apt-key apt-mark',
  attr: 'attr getfattr setfattr',
  bash: 'bash bashbug clear_console rbash',
  bc: 'bc',
  'bcache-tools': 'bcache make-bcache',
  blktrace:
    'blkiomon blkparse blkrawverify blktrace bno_plot btrace btrecord btreplay btt iowatcher verify_blkparse',
  'bonnie++': 'bonnie++',
  bpftrace: 'bpftrace',
  bsdextrautils: 'col colcrt colrm column hd hexdump look ul write',
  bsdutils: 'logger renice script scriptlive scriptreplay wall',
  'btrfs-progs': 'btrfs btrfsck mkfs.btrfs',
  busybox: 'busybox',
  bzip2: 'bunzip2 bzcat bzcmp bzdiff bzegrep bzexe bzfgrep bzgrep bzip2 bzip2recover bzless bzmore',
  'ceph-common': 'rbd',
  coreutils:
    'arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes',
  cpio: 'cpio mt-gnu',
  cron: 'crontab',
  'cryptsetup-bin': 'cryptsetup integritysetup veritysetup',
  curl: 'curl',
  dbench: 'dbench',
  debianutils:
    'add-shell installkernel ischroot remove-shell run-parts savelog tempfile update-shells which which.debianutils',
  diffutils: 'cmp diff diff3 sdiff',
  dmsetup: 'blkdeactivate dmsetup dmstats',
  'docker.io': 'docker',
  dosfstools: 'dosfslabel fatlabel fsck.vfat mkdosfs mkfs.fat mkfs.vfat',
  dpkg: 'dpkg dpkg-deb dpkg-divert dpkg-fsys-usrunmess dpkg-maintscript-helper dpkg-query dpkg-realpath dpkg-split dpkg-statoverride dpkg-trigger',
  'drbd-utils': 'drbdadm drbdsetup',
  dump: 'dump restore',
  e2fsprogs:
    'badblocks chattr debugfs dumpe2fs e2freefrag e2fsck e2image e2label e2mmpstatus e2scrub e2scrub_all e2undo e4crypt e4defrag filefrag fsck.ext2 fsck.ext3 fsck.ext4 lsattr mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4 mklost+found resize2fs tune2fs',
  'f2fs-tools': 'mkfs.f2fs',
  fdisk: 'cfdisk fdisk sfdisk',
  file: 'file',
  findutils: 'find xargs',
  fio: 'fio',
  fuse3: 'fusermount3',
  gawk: 'gawk',
  gcc: 'cc gcc',
  gdb: 'gcore gdb gdb-add-index gdbtui',
  gdisk: 'cgdisk fixparts gdisk sgdisk',
  git: 'git',
  grep: 'egrep fgrep grep rgrep',
  gzip: 'gunzip gzexe gzip uncompress zcat zcmp zdiff zegrep zfgrep zforce zgrep zless zmore znew',
  hdparm: 'hdparm',
  hostname: 'dnsdomainname domainname hostname nisdomainname ypdomainname',
  ioping: 'ioping',
  iotop: 'iotop',
  iproute2:
    'arpd bridge ctstat dcb devlink genl ip lnstat nstat rdma routel rtacct rtmon rtstat ss tc tipc vdpa',
  'iputils-ping': 'ping',
  jq: 'jq',
  kmod: 'depmod insmod kmod lsmod modinfo modprobe rmmod',
  kpartx: 'kpartx',
  less: 'less lessecho lessfile lesskey lesspipe',
  'libc-bin':
    'getconf getent iconv iconvconfig ld.so ldconfig ldd locale localedef pldd tzselect zdump zic',
  'libvirt-clients': 'virsh',
  'linux-perf': 'perf',
  login: 'faillog lastlog login newgrp nologin sg',
  logsave: 'logsave',
  'lsb-release': 'lsb_release',
  lsof: 'lsof',
  lsscsi: 'lsscsi',
  lvm2: 'fsadm lvchange lvconvert lvcreate lvdisplay lvextend lvm lvmconfig lvmdiskscan lvmdump lvmpolld lvmsadc lvmsar lvreduce lvremove lvrename lvresize lvs lvscan pvchange pvck pvcreate pvdisplay pvmove pvremove pvresize pvs pvscan vgcfgbackup vgcfgrestore vgchange vgck vgconvert vgcreate vgdisplay vgexport vgextend vgimport vgimportclone vgmerge vgmknodes vgreduce vgremove vgrename vgs vgscan vgsplit',
  'lvm2-dbusd': 'lvmdbusd',
  make: 'make',
  'man-db': 'man',
  mawk: 'mawk',
  mdadm: 'mdadm mdmon',
  mount: 'losetup mount swapoff swapon umount',
  'multipath-tools': 'mpathpersist multipath multipathc multipathd',
  nano: 'nano',
  'nbd-client': 'nbd-client',
  'ncurses-bin': 'captoinfo clear infocmp infotocap reset tabs tic toe tput tset',
  ndctl: 'ndctl',
  'net-tools':
    'arp ifconfig ipmaddr iptunnel mii-tool nameif netstat plipconfig rarp route slattach',
  'netcat-openbsd': 'nc',
  'nfs-common': 'mount.nfs showmount',
  nodejs: 'node',
  'ntfs-3g': 'mkfs.ntfs',
  'nvme-cli': 'nvme',
  'open-iscsi': 'iscsiadm iscsid iscsistart',
  'openssh-client':
    'scp sftp slogin ssh ssh-add ssh-agent ssh-argv0 ssh-copy-id ssh-keygen ssh-keyscan',
  openssl: 'openssl',
  parted: 'parted partprobe',
  passwd:
    'chage chfn chgpasswd chpasswd chsh cpgr cppw expiry gpasswd groupadd groupdel groupmems groupmod grpck grpconv grpunconv newusers passwd pwck pwconv pwunconv shadowconfig useradd userdel usermod vigr vipw',
  perl: 'perldoc',
  'perl-base': 'perl',
  procps:
    'free kill pgrep pidwait pkill pmap ps pwdx skill slabtop snice sysctl tload top uptime vmstat w watch',
  psmisc: 'fuser killall peekfd prtstat pslog pstree',
  python3: 'pydoc3',
  'python3-minimal': 'python3',
  'qemu-system-x86': 'qemu-system-x86_64',
  'qemu-utils': 'qemu-img qemu-io qemu-nbd',
  reiserfsprogs: 'mkfs.reiserfs',
  rsync: 'rsync',
  screen: 'screen',
  sdparm: 'sdparm',
  sed: 'sed',
  'sg3-utils':
    'rescan-scsi-bus.sh scsi_logging_level scsi_mandat scsi_readcap scsi_ready scsi_satl scsi_start scsi_stop scsi_temperature sg_bg_ctl sg_compare_and_write sg_copy_results sg_dd sg_decode_sense sg_emc_trespass sg_format sg_get_config sg_get_elem_status sg_get_lba_status sg_ident sg_inq sg_logs sg_luns sg_map sg_map26 sg_modes sg_opcodes sg_persist sg_prevent sg_raw sg_rbuf sg_rdac sg_read sg_read_attr sg_read_block_limits sg_read_buffer sg_read_long sg_readcap sg_reassign sg_referrals sg_rep_pip sg_rep_zones sg_requests sg_reset sg_reset_wp sg_rmsn sg_rtpg sg_safte sg_sanitize sg_sat_identify sg_sat_phy_event sg_sat_read_gplog sg_sat_set_features sg_scan sg_seek sg_senddiag sg_ses sg_ses_microcode sg_start sg_stpg sg_stream_ctl sg_sync sg_test_rwbuf sg_timestamp sg_turs sg_unmap sg_verify sg_vpd sg_wr_mode sg_write_buffer sg_write_long sg_write_same sg_write_verify sg_write_x sg_xcopy sg_zone sginfo sgm_dd sgp_dd',
  smartmontools: 'smartctl smartd',
  socat: 'socat',
  strace: 'strace strace-log-merge',
  'stress-ng': 'stress-ng',
  sudo: 'sudo visudo',
  sysstat: 'cifsiostat iostat mpstat pidstat sar',
  systemd:
    'busctl hostnamectl journalctl localectl loginctl networkctl systemctl systemd-analyze systemd-ask-password systemd-cat systemd-cgls systemd-cgtop systemd-creds systemd-cryptenroll systemd-delta systemd-detect-virt systemd-escape systemd-firstboot systemd-id128 systemd-inhibit systemd-machine-id-setup systemd-mount systemd-notify systemd-path systemd-repart systemd-run systemd-socket-activate systemd-stdio-bridge systemd-sysext systemd-sysusers systemd-tmpfiles systemd-tty-ask-password-agent systemd-umount timedatectl',
  'sysvinit-utils': 'fstab-decode killall5 pidof',
  tar: 'rmt-tar tar tarcat',
  'targetcli-fb': 'targetcli',
  tcpdump: 'tcpdump',
  'thin-provisioning-tools':
    'cache_check cache_dump cache_restore era_check thin_check thin_delta thin_dump thin_ls thin_repair thin_restore thin_rmap thin_trim',
  time: 'time',
  tmux: 'tmux',
  'trace-cmd': 'trace-cmd',
  tree: 'tree',
  udev: 'systemd-hwdb udevadm',
  unzip: 'unzip',
  'util-linux':
    'addpart agetty blkdiscard blkid blkzone blockdev chcpu chmem choom chrt ctrlaltdel delpart dmesg fallocate findfs findmnt flock fsck fsfreeze fstrim getopt getty hardlink i386 ionice ipcmk ipcrm ipcs isosize last lastb ldattach linux32 linux64 lsblk lscpu lsipc lslocks lslogins lsmem lsns mcookie mesg mkfs mkswap more mountpoint namei nsenter partx pivot_root prlimit readprofile rename.ul resizepart rev rtcwake runuser setarch setpriv setsid setterm su sulogin swaplabel switch_root taskset uclampset unshare utmpdump wdctl whereis wipefs x86_64 zramctl',
  'util-linux-extra': 'fincore hwclock lsfd lsirq',
  vdo: 'vdo vdostats',
  vim: 'vi vim',
  wget: 'wget',
  xfsdump: 'xfsdump xfsrestore',
  xfsprogs:
    'fsck.xfs mkfs.xfs xfs_admin xfs_bmap xfs_copy xfs_db xfs_estimate xfs_freeze xfs_fsr xfs_growfs xfs_info xfs_io xfs_logprint xfs_mdrestore xfs_metadump xfs_mkfile xfs_ncheck xfs_quota xfs_repair xfs_rtcp xfs_scrub xfs_scrub_all xfs_spaceman',
  'xz-utils': 'lzmainfo unxz xz xzcat xzcmp xzdiff xzegrep xzfgrep xzgrep xzless xzmore',
  zip: 'zip',
  zstd: 'unzstd zstd zstdcat',
};

/** Each program, and the package it is in. */
/** Each refuses its call by its name and its package. */
export const DEBIAN_PROGRAMS: ReadonlyMap<string, Program> = new Map(
  Object.entries(PACKAGES).flatMap(([name, programs]) =>
    programs
      .split(' ')
      .map((program): [string, Program] => [program, unsimulatedProgram(program, name)]),
  ),
);
