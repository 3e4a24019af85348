#udev
# uid_attribute, uid_attrs and vpd_vendor: where the WWID of a path comes from.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names no\n find_multipaths no\n polling_interval 1\n%b}\n%b' "$1" "$2" > /etc/multipath.conf; }
try() { echo "--- $1 $2"; conf "$1" "$2"; multipath -v2 > /tmp/o 2>&1; sed 's/^[0-9.]* | //' /tmp/o; udevadm settle; multipath -ll 2>/dev/null | head -n 2; multipath -F 2>/dev/null; udevadm settle; sleep 1; }
try ' uid_attribute ID_SERIAL\n'
try ' uid_attribute ID_SERIAL_SHORT\n'
try ' uid_attribute ID_WWN\n'
try ' uid_attribute ID_SCSI_SERIAL\n'
try ' uid_attribute NOSUCH\n'
try ' uid_attribute ""\n'
try ' uid_attrs "sd:ID_SCSI_SERIAL dasd:ID_UID nvme:ID_WWN"\n'
try ' uid_attrs "nvme:ID_WWN"\n'
try ' uid_attrs "sdb:ID_SCSI_SERIAL sd:ID_SERIAL"\n'
try ' uid_attrs "sd"\n'
try ' uid_attrs "sd:ID_SCSI_SERIAL"\n uid_attribute ID_SERIAL\n'
try '' 'devices {\n device {\n  vendor Linux\n  product scsi_debug\n  uid_attribute ID_SCSI_SERIAL\n }\n}\n'
try ' uid_attrs "sd:ID_SERIAL"\n' 'devices {\n device {\n  vendor Linux\n  product scsi_debug\n  uid_attribute ID_SCSI_SERIAL\n }\n}\n'
try '' 'devices {\n device {\n  vendor Linux\n  product scsi_debug\n  vpd_vendor hp3par\n }\n}\n'
try '' 'devices {\n device {\n  vendor Linux\n  product scsi_debug\n  vpd_vendor nosuch\n }\n}\n'
conf ' uid_attrs "sd:ID_SCSI_SERIAL"\n'
multipath -t 2>/dev/null | grep uid_attr
multipathd; sleep 3; udevadm settle; sleep 3; multipathd show maps
conf ' uid_attrs "sd:ID_SERIAL"\n'; multipathd reconfigure; sleep 4; multipathd show maps; multipathd show config | grep uid_attr
multipathd show paths format '%d %g %w'
