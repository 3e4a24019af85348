#udev
# A blacklist comes and goes while the daemon runs: by WWID, device node, protocol; exceptions; an open map.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/max_luns
for h in 0 1; do echo "- - -" > /sys/class/scsi_host/host$h/scan; sleep 1; udevadm settle; done
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n%b' "$1" > /etc/multipath.conf; }
conf ''
multipathd
sleep 3; udevadm settle; sleep 3
try() { echo "--- $1"; conf "$1"; multipathd reconfigure 2>/dev/null; sleep 5; multipathd show maps format "%n %w %N" | sort; multipathd show paths format "%i %m" | sort; }
try 'blacklist {\n wwid 1Linux_scsi_debug_2000\n}\n'
try 'blacklist {\n protocol "scsi:unspec"\n}\n'
try 'blacklist {\n device {\n  vendor Linux\n  product "scsi.*"\n }\n}\nblacklist_exceptions {\n device {\n  vendor Linux\n }\n}\n'
try ''
sleep 600 < /dev/mapper/mpathb & sleep 1
try 'blacklist {\n wwid ".*"\n}\n'
kill $!; sleep 1
try 'blacklist {\n wwid ".*"\n}\nblacklist_exceptions {\n wwid 1Linux_scsi_debug_2001\n}\n'
