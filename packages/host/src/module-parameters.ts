// module-parameters.ts — The parameters of modules as /sys/module shows them when none is given. Recorded.
import { LONG, parseNumber } from '@dmsim/block';

const parsed = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(' ').map((word) => word.split('=', 2) as [string, string]));

/** `add_host` is how many hosts are still to be added. */
export const SCSI_DEBUG_PARAMETERS: Readonly<Record<string, string>> = {
  // As wide as the fields of an inquiry's answer.
  inq_vendor: 'Linux'.padEnd(8),
  inq_product: 'scsi_debug'.padEnd(16),
  ...parsed(
    'add_host=0 allow_restart=N ato=1 atomic_wr=0 atomic_wr_align=2 atomic_wr_gran=2 atomic_wr_max_bndry=128 ' +
      'atomic_wr_max_length=8192 atomic_wr_max_length_bndry=8192 cdb_len=10 clustering=N delay=1 dev_size_mb=8 dif=0 ' +
      'dix=0 dsense=0 every_nth=0 fake_rw=0 guard=0 host_lock=N host_max_queue=0 inq_rev=0191 ' +
      'lbprz=1 lbpu=0 lbpws=0 lbpws10=0 lowest_aligned=0 lun_format=0 max_luns=1 max_queue=192 ' +
      'medium_error_count=10 medium_error_start=4660 ndelay=0 no_lun_0=0 no_rwlock=N no_uld=0 num_parts=0 num_tgts=1 ' +
      'opt_blks=1024 opt_xferlen_exp=0 opts=0 per_host_store=N physblk_exp=0 poll_queues=0 ptype=0 random=N ' +
      'removable=N scsi_level=7 sector_size=512 statistics=N strict=N submit_queues=1 tur_ms_to_ready=0 ' +
      'unmap_alignment=0 unmap_granularity=1 unmap_max_blocks=-1 unmap_max_desc=256 uuid_ctl=0 virtual_gb=0 ' +
      'vpd_use_hostno=1 wp=N write_same_length=65535 zbc=(null) zone_cap_mb=0 zone_max_open=8 zone_nr_conv=1 ' +
      'zone_size_mb=0',
  ),
};

export const NULL_BLK_PARAMETERS: Readonly<Record<string, string>> = parsed(
  'blocking=N bs=512 cache_size=0 completion_nsec=10000 discard=N fua=Y gb=250 home_node=-1 hw_queue_depth=64 ' +
    'irqmode=1 max_sectors=0 mbps=0 memory_backed=N no_sched=0 nr_devices=1 poll_queues=1 queue_mode=2 ' +
    'shared_tag_bitmap=N shared_tags=N submit_queues=1 use_per_node_hctx=N virt_boundary=N ' +
    'zone_append_max_sectors=2147483647 zone_capacity=0 zone_full=N zone_max_active=0 zone_max_open=0 ' +
    'zone_nr_conv=0 zone_size=256 zoned=N',
);

/** A value that was given, as the kernel shows it: `Y` and `N` for a flag, decimal for a number. */
export function shownValue(given: string, usual: string | undefined): string {
  if (usual === 'Y' || usual === 'N') return /^(?:[1yYtT]|on)/i.test(given) ? 'Y' : 'N';
  const number = parseNumber(given, LONG, 0);
  return typeof number === 'string' ? given : String(number);
}

/** Parameters of scsi_debug that Linux lets one write, as it does `wp`; here that ends the lab. */
export const WRITABLE_PARAMETERS: ReadonlySet<string> = new Set(
  (
    'add_host allow_restart cdb_len clustering delay dsense every_nth fake_rw host_lock inq_product inq_rev ' +
    'inq_vendor lun_format max_luns max_queue medium_error_count medium_error_start ndelay no_lun_0 no_rwlock ' +
    'num_tgts opts per_host_store ptype random removable statistics strict virtual_gb vpd_use_hostno ' +
    'write_same_length'
  ).split(' '),
);
