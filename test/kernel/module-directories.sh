# What /sys/module says of modules: sizes, uses, which modules hold which, and which parameters take which values.
modprobe scsi_debug dev_size_mb=8
cd /sys/module
for m in dm_multipath scsi_debug dm_mod sd_mod scsi_mod dm_round_robin loop; do for f in refcnt coresize initsize initstate taint version; do echo "$m $f $(cat $m/$f 2>&1)"; done; echo "$m holders" $(ls $m/holders); done
ls scsi_debug
dmsetup create mp --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 0 8:0"
for m in dm_multipath scsi_debug dm_mod sd_mod scsi_mod dm_round_robin; do echo "$m refcnt $(cat $m/refcnt 2>&1)"; done
readlink dm_multipath/holders/dm_round_robin
cat loop/uevent; echo $?
stat -c '%A %n' loop/refcnt loop/uevent loop/holders loop/parameters/max_loop dm_mod/parameters/use_blk_mq dm_mod/parameters/stats_current_allocated_bytes scsi_mod/parameters/scan
for p in dm_mod/parameters/kcopyd_subjob_size_kb dm_mod/parameters/dm_numa_node dm_mod/parameters/swap_bios; do for v in -1 0 0x10 4294967295 4294967296 1k ' 7 ' ''; do echo "$v" 2>/dev/null > $p && cat $p || echo "no $v"; done; done
for v in 0 n y 1 on off 2 ''; do echo "$v" 2>/dev/null > dm_mod/parameters/use_blk_mq && cat dm_mod/parameters/use_blk_mq || echo "no $v"; done
echo 3 > loop/parameters/max_loop; echo 3 > loop/refcnt; echo x > loop/uevent; echo $?
truncate -s 8M /tmp/f; losetup /dev/loop0 /tmp/f; cat loop/refcnt; exec 5< /dev/loop0; cat loop/refcnt
