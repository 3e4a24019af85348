# A walk through sysfs of a disk, a map and a loop device, with find and grep.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
truncate -s 4M /tmp/img; L=$(losetup -f --show /tmp/img); echo $L
dmsetup create m --table "0 8192 linear /dev/sda 0"
for d in sda dm-0 loop0; do
  echo "== $d"; ls /sys/block/$d | xargs; ls /sys/block/$d/queue | xargs
  ( cd /sys/block/$d; for f in size ro removable range ext_range capability hidden discard_alignment alignment_offset events events_async events_poll_msecs inflight diskseq; do printf '%s=%s\n' $f "$(cat $f 2>&1 | xargs)"; done ) | grep -v diskseq
  ( cd /sys/block/$d/queue; grep -s . rotational nr_requests rq_affinity nomerges iostats iostats_passthrough add_random stable_writes dax fua zoned write_cache wbt_lat_usec io_timeout io_poll max_segments max_segment_size virt_boundary_mask chunk_sectors dma_alignment scheduler max_discard_segments )
done
ls -l /sys/block | awk '{ print $NF }' | grep -E 'sd|dm|loop0$' ; readlink /sys/block/sda/device /sys/block/sda/bdi /sys/block/dm-0/subsystem
ls /sys/block/sda/device | xargs; ls /sys/class/scsi_device /sys/class/scsi_disk /sys/class/scsi_host /sys/class/scsi_generic /sys/class/bdi /sys/class/block 2>&1 | xargs
grep -r . /sys/block/dm-0/dm 2>/dev/null; cat /sys/block/sda/uevent /sys/block/dm-0/uevent /sys/block/sda/device/uevent
find /sys/block/dm-0/ -maxdepth 1 -type l | sort; find /sys/block/sda/ -name 'timeout' ; cat /sys/block/sda/device/{vendor,model,rev,type,scsi_level,queue_depth,queue_type,state,timeout,eh_timeout,device_blocked,iorequest_cnt,ioerr_cnt,iotmo_cnt} | head -c 400
echo 999 > /sys/block/sda/queue/nr_requests; echo "rc=$?"; echo 5 > /sys/block/sda/device/queue_depth; echo "rc=$?"; cat /sys/block/sda/device/queue_depth; echo none > /sys/block/sda/queue/scheduler; cat /sys/block/sda/queue/scheduler; echo bfq > /sys/block/sda/queue/scheduler; echo "rc=$?"; echo x > /sys/block/sda/queue/iostats; echo "rc=$?"; echo 1 > /sys/block/sda/size; echo "rc=$?"
cat /sys/module/dm_mod/parameters/* | xargs; ls /sys/module/dm_mod /sys/module/dm_multipath/ /sys/module/scsi_debug 2>&1 | xargs; ls /sys/module/dm_mod/parameters; cat /proc/devices | sed -n '/Block/,$p'; cat /proc/partitions; cat /proc/misc | grep device-mapper
losetup -d $L; dmsetup remove m
