# All of a disk's queue attributes at once, on four kinds of disks.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0; modprobe brd rd_nr=1 rd_size=4096; modprobe null_blk nr_devices=1 gb=1
dmsetup create m --table "0 8192 linear 1:0 0"; dmsetup create q --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
for d in sda ram0 nullb0 dm-0 dm-1; do cd /sys/block/$d/queue; grep -r . . 2>/dev/null | grep -v -e io_timeout -e iosched | sort; cd /sys/block/$d; for f in alignment_offset capability dev discard_alignment events events_async events_poll_msecs ext_range hidden range removable ro size inflight; do echo "$d $f $(cat $f 2>&1)"; done; ls . | tr '\n' ' '; echo; done
cd /sys/block/sda/device; for f in *; do [ -f $f ] && [ -r $f ] && case $f in inquiry|vpd*|wwid|modalias|io*|uevent) ;; *) echo "$f $(cat $f 2>&1 | tr -d '\0')";; esac; done
cat wwid modalias
