#udev
# An alias with a blank, or another letter that libdevmapper writes as \x20: what multipath makes, lists, renames and flushes.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\nmultipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias "%s"\n }\n}\n' "$1" > /etc/multipath.conf; }
q() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -v unsupported; echo "rc=${PIPESTATUS[0]}"; udevadm settle; dmsetup info -c --noheadings -o name,uuid,open; ls /dev/mapper | tr '\n' ' '; echo; }
w 'my data'; q -d -v2; q -v2; q -ll; q -l 'my data'; q -v2; q -f 'my data'; q -f 'my\x20data'; q -F
w plain; q -v1; w 'my data'; q -r -v2; q -v2; q -F
w 'a/b'; q -v2; q -ll; q -F; w 'ü'; q -v2; q -ll; q -F; w 'x*y'; q -v2; q -ll; q -F
dmsetup ls
