#udev
# mode, uid, gid and partition_delimiter: what becomes of the nodes.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n%b}\n%b' "$1" "$2" > /etc/multipath.conf; }
{ head -c 446 /dev/zero; printf '\0\0\0\0\x83\0\0\0\x40\0\0\0\0\x10\0\0'; head -c 48 /dev/zero; printf '\x55\xaa'; } > /tmp/mbr
dd if=/tmp/mbr of=/dev/sda bs=512 conv=notrunc oflag=direct status=none; sleep 1; udevadm settle
show() { stat -L -c '%n %a %u %g' /dev/mapper/mpatha* /dev/mapper/disk*; stat -c '%a %u %g' /dev/dm-0; dmsetup ls | sort; } 2>/dev/null
try() { echo "--- $1 $2"; conf "$1" "$2"; multipath -v2 2>&1 | sed 's/^[0-9.]* | //' | grep -v '[|`]-'; sleep 1; udevadm settle; sleep 1; udevadm settle; show; multipath -F 2>/dev/null; udevadm settle; sleep 1; }
try ''
try ' mode 0666\n uid 1\n gid 6\n'
try ' mode 0600\n'
try ' uid root\n gid disk\n'
try ' mode 999\n uid nosuch\n gid nosuch\n'
try '' 'multipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  mode 0640\n  gid 6\n }\n}\n'
try ' partition_delimiter "-x"\n'
conf ' partition_delimiter "-x"\n'; multipath -t 2>/dev/null | grep -E 'mode|uid |gid|delim'
multipathd; sleep 3; udevadm settle; sleep 3; show
conf ' partition_delimiter "-x"\n' 'multipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias disk1\n }\n}\n'; multipathd reconfigure; sleep 4; udevadm settle; show
conf ' partition_delimiter "-part"\n' 'multipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias disk2\n }\n}\n'; multipathd reconfigure; sleep 4; udevadm settle; show
conf '' 'multipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias disk3\n }\n}\n'; multipathd reconfigure; sleep 4; udevadm settle; show
