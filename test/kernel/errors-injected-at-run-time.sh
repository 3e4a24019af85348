# scsi_debug's errors, switched on and off while a map uses the disk: what the map, the counters and the log say.
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=2 num_tgts=1 max_luns=1 per_host_store=0 vpd_use_hostno=0; D=/sys/bus/pseudo/drivers/scsi_debug
dmsetup create m --table '0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1'; rd() { dd if=/dev/mapper/m of=/dev/null bs=4k count=$1 iflag=direct status=none; echo "read $?"; dmsetup status m; }
rd 2; echo 1 > $D/every_nth; cat $D/every_nth $D/opts; echo 0 > $D/every_nth
for d in sda sdb; do echo "$d $(cat /sys/block/$d/device/state) $(cat /sys/block/$d/device/ioerr_cnt)"; done; dmsetup message m 0 reinstate_path 8:0; dmsetup message m 0 reinstate_path 8:16; rd 1
echo 2 > $D/opts; dd if=/dev/mapper/m of=/dev/null bs=512 skip=4660 count=1 iflag=direct status=none; echo "medium $?"; dmsetup status m; echo 0 > $D/opts; dmesg | sed 's/^[^]]*\] //' | grep -E 'I/O error|critical' | cut -c1-110 | tail -n 20
