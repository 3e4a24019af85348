#udev
# Three units over two hosts: an alias, a binding by hand, a blacklisted one; listings by every name, order, commands for one of them.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=3 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
mkdir -p /etc/multipath
printf '# Multipath bindings, Version : 1.0\nmpathq 1Linux_scsi_debug_2001\n' > /etc/multipath/bindings
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n no_path_retry queue\n}\nmultipaths {\n multipath {\n wwid 1Linux_scsi_debug_2002\n alias arc-hive.1\n path_grouping_policy multibus\n no_path_retry fail\n failback immediate\n }\n}\n' > /etc/multipath.conf
mp() { multipath "$@" 2>&1 | sed "s/^[0-9.]* | //"; echo "rc=${PIPESTATUS[0]}"; }
multipathd
sleep 3; udevadm settle; sleep 3
multipathd show maps; multipathd list maps raw format "%n|%w|%d|%N|%F|%Q|%S"; multipathd show paths format "%w %i %d %m %p %S"
cat /etc/multipath/bindings | grep -v '^#'; cat /etc/multipath/wwids | grep -v '^#'
for n in sdb 8:32 mpatha arc-hive.1 1Linux_scsi_debug_2001 dm-0 /dev/mapper/mpathq 254:1 nosuch mpath; do echo "-- $n"; mp -l $n; done
ls -l /dev/mapper | sed 's/.*root  *[^ ]* *[^ ]* ... .. ..... //' | grep -v total
ls /dev/disk/by-id
multipathd remove map arc-hive.1; sleep 1; multipathd show maps; multipathd show paths format "%d %m"
printf 'blacklist {\n wwid 1Linux_scsi_debug_2000\n}\n' >> /etc/multipath.conf
multipathd reconfigure; sleep 3; udevadm settle; sleep 1
multipathd show maps; multipathd show paths format "%d %m %t"; multipath -ll
sed -i 's/alias arc-hive.1/alias mpathq/' /etc/multipath.conf; multipathd reconfigure; sleep 3; udevadm settle; sleep 1
multipathd show maps; cat /etc/multipath/bindings | grep -v '^#'
mp -F; sleep 1; ls /dev/mapper; mp -v2; udevadm settle; sleep 2; multipathd show maps
