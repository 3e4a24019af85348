#udev
# mpathpersist at verbosity 3: what it looks at, and what the disks answer; for a map, a disk in one, a path that is offline, and a batch file.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n reservation_key 0x12\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
p() { echo "> mpathpersist $*"; mpathpersist "$@" 2>&1 | sed 's/^[0-9.]* | //; s/duration = [0-9]*/duration = N/'; echo "rc=${PIPESTATUS[0]}"; }
p -v3 -i -k /dev/mapper/mpatha
p -v3 -i -k /dev/sda
p -v2 -i -k /dev/mapper/mpatha
p -v1 -i -r /dev/mapper/mpatha
p -v3 -i -c /dev/mapper/mpatha
p -v3 -i -k /dev/mapper/nosuch
p -v3 -i -k
echo offline > /sys/block/sda/device/state; sleep 3
p -v3 -i -k /dev/mapper/mpatha
printf -- '-i -k /dev/mapper/mpatha\n-i -r /dev/mapper/mpatha\n' > /tmp/batch
p -v3 -f /tmp/batch
