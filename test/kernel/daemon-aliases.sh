#udev
# Names: an alias, alias_prefix, user_friendly_names off and on again, an alias that another map's binding has, all by reconfigure.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
conf() { printf 'defaults {\n find_multipaths no\n polling_interval 1\n%b}\n%b' "$1" "$2" > /etc/multipath.conf; }
mp() { printf 'multipaths {\\n multipath {\\n  wwid 1Linux_scsi_debug_2000\\n  alias %s\\n }\\n}\\n' $1; }
conf ' user_friendly_names yes\n'
multipathd
sleep 3; udevadm settle; sleep 3
sleep 3
show() { multipathd show maps | sort; grep -v '^#' /etc/multipath/bindings; dmsetup ls | sort; }
try() { echo "--- $1"; conf "$1" "$2"; multipathd reconfigure 2>/dev/null; sleep 6; udevadm settle 2>/dev/null; show 2>/dev/null; }
show
try ' user_friendly_names yes\n' "$(mp data)"
try ' user_friendly_names yes\n' "$(mp mpathb)"
try ' user_friendly_names no\n'
try ' user_friendly_names yes\n alias_prefix disk\n'
try ' user_friendly_names no\n' "$(mp 'with/slash')"
