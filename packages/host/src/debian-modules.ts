// debian-modules.ts — Modules of Debian's 6.12 kernel, of drivers/{block,md,nvme,scsi,target,nvdimm,dax} and fs, that are not simulated.

export const DEBIAN_MODULES: ReadonlySet<string> = new Set(
  (
    '3w_9xxx 3w_sas 3w_xxxx 9p BusLogic a100u2w aacraid adfs advansys affs aha152x_cs aic79xx aic7xxx aic94xx ' +
    'am53c974 aoe arcmsr atp870u autofs4 bcache bcachefs be2iscsi befs bfa bfs binfmt_misc blocklayoutdriver bnx2fc ' +
    'bnx2i btrfs cachefiles ceph ch cifs cifs_arc4 cifs_md4 coda csiostor cuse cxgb3i cxgb4i cxgbit dax_cxl dax_hmem ' +
    'dax_pmem dc395x device_dax dlm dm_bio_prison dm_bufio dm_cache dm_cache_smq dm_crypt dm_era dm_integrity ' +
    'dm_log_userspace dm_log_writes dm_mirror dm_persistent_data dm_raid dm_region_hash dm_snapshot dm_switch ' +
    'dm_thin_pool dm_unstripe dm_vdo dm_verity dm_writecache dm_zoned dmx3191d drbd ecryptfs efivarfs efs erofs ' +
    'esas2r esp_scsi exfat ext4 f2fs fat fcoe floppy fnic freevxfs gfs2 grace hfs hfsplus hpfs hpsa hptiop hv_storvsc ' +
    'initio ipr ips isci iscsi_boot_sysfs iscsi_target_mod iscsi_tcp isofs jbd2 jffs2 jfs kafs kmem ksmbd libcxgbi ' +
    'libfc libfcoe libiscsi libiscsi_tcp libnvdimm libsas lockd lpfc mbcache md_cluster md_mod megaraid megaraid_mbox ' +
    'megaraid_mm megaraid_sas minix mpi3mr mpt3sas msdos mtip32xx mvsas mvumi myrb myrs nbd nd_btt nd_e820 nd_pmem ' +
    'nd_virtio netfs nfs nfs_acl nfs_layout_flexfiles nfs_layout_nfsv41_files nfsd nfsv2 nfsv3 nfsv4 nilfs2 ntfs3 ' +
    'nvme nvme_auth nvme_core nvme_fabrics nvme_fc nvme_fcloop nvme_keyring nvme_loop nvme_rdma nvme_tcp nvmet ' +
    'nvmet_fc nvmet_rdma nvmet_tcp ocfs2 ocfs2_dlm ocfs2_dlmfs ocfs2_nodemanager ocfs2_stack_o2cb ocfs2_stack_user ' +
    'ocfs2_stackglue omfs orangefs overlay pm80xx pmcraid pstore_blk pstore_zone qedf qedi qla1280 qla2xxx qla4xxx ' +
    'qlogic_cs qlogicfas408 qnx4 qnx6 quota_tree quota_v1 quota_v2 raid0 raid1 raid10 raid456 raid_class ramoops rbd ' +
    'reiserfs romfs sbp_target scsi_dh_emc scsi_dh_hp_sw scsi_dh_rdac scsi_transport_fc scsi_transport_iscsi ' +
    'scsi_transport_sas scsi_transport_spi scsi_transport_srp ses smartpqi snic squashfs sr_mod st stex sym53c500_cs ' +
    'sym53c8xx sysv target_core_file target_core_iblock target_core_mod target_core_pscsi target_core_user tcm_fc ' +
    'tcm_loop tcm_qla2xxx ubifs ublk_drv udf ufs vboxsf vfat virtio_pmem virtio_scsi vmw_pvscsi wd719x xen_blkback ' +
    'xen_blkfront xen_scsifront xfs zonefs zram'
  ).split(' '),
);

/** Target types that come with them. */
export const DEBIAN_TARGETS: ReadonlySet<string> = new Set(
  (
    'cache crypt era integrity log-writes mirror raid snapshot snapshot-merge snapshot-origin switch thin thin-pool ' +
    'unstriped vdo verity writecache zoned'
  ).split(' '),
);
