#udev
# Commands to a map that stays without any path, since it is open; and by other names than its alias.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n max_polling_interval 30\n no_path_retry 3\n}\n' > /etc/multipath.conf
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 4; : > /tmp/log
log() { udevadm settle; sleep 1; sed 's/^[0-9.]* | //' /tmp/log | grep -v unsupp; : > /tmp/log; }
d() { echo "--- $*"; multipathd "$@" > /tmp/o; r=$?; sed /total_q_time/d /tmp/o; echo "rc=$r"; log; }
for w in dm-0 1Linux_scsi_debug_2000; do d resize map $w; d disablequeueing map $w; d restorequeueing map $w; d suspend map $w; done
sleep 600 < /dev/mapper/mpatha & H=$!
sleep 0.5; for d in sda sdb; do echo 1 > /sys/block/$d/device/delete; sleep 2; udevadm settle; done; sleep 2; echo "--- deleted"; log; dmsetup table
for c in "resize map mpatha" "reload map mpatha" "switchgroup map mpatha group 1" "suspend map mpatha" "resume map mpatha" "disablequeueing map mpatha" "restorequeueing map mpatha" "reset map mpatha" "unsetmarginal map mpatha" "getprstatus map mpatha" "add map mpatha" "show map mpatha topology" "show map mpatha json" "show maps status" "reconfigure" "del map mpatha"; do d $c; done
multipathd show maps raw format "%n|%w|%d|%F|%Q|%N|%r|%t|%S|%f|%x|%h|%A|%0|%2|%s|%v|%p|%e|%G|%g"; multipath -ll; multipath -l; multipath -v2; dmsetup table
kill $H; sleep 1; log; d del map mpatha; dmsetup table
