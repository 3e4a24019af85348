#udev
# recheck_wwid: a path that returns as another disk.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n recheck_wwid %s\n}\n' $1 > /etc/multipath.conf; }
show() { echo "$1:"; multipathd show paths format '%d %w %m %t %T' | sort; multipathd show maps format '%n %w %N' | sort; }
for yes in no yes; do
  conf $yes
  multipathd -d >> /tmp/log 2>&1 &
  sleep 3; udevadm settle; sleep 3; udevadm settle; show "recheck_wwid $yes"; : > /tmp/log
  echo offline > /sys/block/sdb/device/state; sleep 3
  echo 1 > /sys/bus/pseudo/drivers/scsi_debug/vpd_use_hostno
  echo running > /sys/block/sdb/device/state; sleep 5; udevadm settle; sleep 4; udevadm settle; show "sdb is another"
  multipathd add path sdb; sleep 3; udevadm settle; show "add path"
  sed 's/^[0-9.]* | //' /tmp/log | grep -i wwid | head -n 8
  echo 0 > /sys/bus/pseudo/drivers/scsi_debug/vpd_use_hostno
  for d in sda sdb; do echo 1 > /sys/block/$d/device/rescan; echo change > /sys/block/$d/uevent; done; sleep 2; udevadm settle; sleep 4; show "as before"
  multipathd shutdown; wait; multipath -F; udevadm settle; sleep 1
done
