#udev
# The bindings file: kept names, a binding by hand, one for two WWIDs, a name that an alias takes, no file, a directory in its place.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
mkdir -p /etc/multipath
printf 'mpathq 1Linux_scsi_debug_2000\nmpathq 3ffff\nmpathb 3600\n# comment\nmpathz\n' > /etc/multipath/bindings
multipathd
sleep 3; udevadm settle; sleep 3
multipath -l; grep -v '^#' /etc/multipath/bindings
re() { multipathd reconfigure; sleep 2; udevadm settle; sleep 2; echo "-- $1"; multipathd show maps; grep -v '^#' /etc/multipath/bindings; ls /dev/mapper; }
printf 'mpathc 1Linux_scsi_debug_2000\n' > /etc/multipath/bindings; re 'another binding'
rm /etc/multipath/bindings; re 'no file'
printf 'multipaths {\n multipath {\n wwid 1Linux_scsi_debug_2000\n alias mpathc\n }\n}\n' >> /etc/multipath.conf; printf 'mpathc 3abc\nmpathd 1Linux_scsi_debug_2000\n' > /etc/multipath/bindings; re 'an alias that is bound to another'
printf 'defaults {\n user_friendly_names no\n find_multipaths no\n}\n' > /etc/multipath.conf; re 'no friendly names'
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n alias_prefix disk\n}\n' > /etc/multipath.conf; re 'a prefix'
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n alias_prefix mpathd\n}\n' > /etc/multipath.conf; re 'a prefix that is a name'
multipath -F; sleep 1; rm /etc/multipath/bindings; mkdir /etc/multipath/bindings; { multipath; sleep 1; udevadm settle; multipath -l; } 2>&1 | sed "s,^[0-9.]* | ,,"
