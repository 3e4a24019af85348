# Small attributes of disks and maps: numbers, ranges, sizes, alignment, removable, capability.
modprobe scsi_debug dev_size_mb=8 delay=0; modprobe brd rd_nr=1 rd_size=4096; modprobe null_blk nr_devices=1 gb=1
dmsetup create m --table '0 2048 linear 8:0 0'; dmsetup create e --notable
for d in sda ram0 nullb0 dm-0 dm-1; do for a in dev size ro removable range ext_range capability alignment_offset discard_alignment hidden events events_async events_poll_msecs diskseq inflight; do [ -e /sys/block/$d/$a ] && echo "$d $a $(cat /sys/block/$d/$a)" || echo "$d has no $a"; done; done 2>&1 | grep -v diskseq
ls /sys/block/dm-0/dm; for a in name uuid suspended rq_based_seq_io_merge_deadline use_blk_mq; do echo "$a: $(cat /sys/block/dm-0/dm/$a)"; done
dmsetup suspend m; cat /sys/block/dm-0/dm/suspended; dmsetup rename m n; cat /sys/block/dm-0/dm/name; dmsetup rename n --setuuid U-1; cat /sys/block/dm-0/dm/uuid; dmsetup resume n; echo 1 > /sys/block/dm-0/dm/suspended; echo "rc=$?"; cat /sys/block/dm-1/size
