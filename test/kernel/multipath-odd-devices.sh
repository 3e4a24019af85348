#udev
# Devices on multipath's command line that are empty, half a number, a relative path, or named with a blank.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n' > /etc/multipath.conf
q() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"; }
for o in '' -l -ll -f -r -c -u -C -U -a -w -d '-p failover'; do q $o ''; done; q -v3 ''; q -v3 -a ''; q -v3 -C ''; q -v3 -f ''
multipath -v1; udevadm settle
for o in '' -l -ll -f -r -c -u -C -U -a -w -d; do q $o ''; done
q -v3 -l 'a b'; q -v3 -f 'a b'; q -f 'mpatha '; q -l ' mpatha'; q -f "mpath\\x61"; q -l 'mpath*'; q -l MPATHA; q -l mpatha/; q -l ./mpatha; q -l /dev/mapper/../mapper/mpatha; (cd /dev; q -l sda; q -l dm-0; q -l mapper/mpatha; q -f mapper/mpatha); multipath -v1; (cd /sys/block; q -l sda; q -l sda/; q -c sda); q -l /sys/block/sda; q -l :0; q -l 8:; q -l 8:0:; q -l 8:00; q -l 08:0; q -l 8:0x; q -l -8:0; q -l 8:-1; q -l 254:0x; q -c 254:0; q -c dm-0; q -c mpatha; q -a mpatha; q -w mpatha; q -a dm-0; q -c 8:0; q -a 8:0; q -w 8:0; tail -1 /etc/multipath/wwids
