#udev
# features with words that have keywords of their own: queue_if_no_path, retain_attached_hw_handler and queue_mode, in defaults and in merged device sections.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
d() { printf ' device {\n  vendor Linux\n  product scsi_debug\n%b }\n' "$1"; }
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n%b}\ndevices {\n%b}\n' "$1" "$2" > /etc/multipath.conf; }
try() { echo "--- $1"; multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'eature|no_path_retry|retain|duplicate|queue_mode' | grep -v 'internal default'; }
Q='  features "1 queue_if_no_path"\n' R='  features "1 retain_attached_hw_handler"\n'
conf '' "$(d "$Q")"; try "one entry"
conf '' "$(d "$Q")\n$(d '  failback 5\n')\n"; try "two entries"
conf '' "$(d "$Q")\n$(d '  no_path_retry 7\n')\n"; try "two entries, a number"
conf '' "$(d '  no_path_retry 7\n')\n$(d "$Q")\n"; try "a number, then the feature"
conf '' "$(d '  no_path_retry fail\n')\n$(d "$Q")\n"; try "fail, then the feature"
conf '' "$(d "$R")\n$(d '  retain_attached_hw_handler no\n')\n"; try "retain, and no"
conf ' retain_attached_hw_handler no\n' "$(d "$R")\n"; try "retain, no by default"
conf ' features "3 queue_if_no_path queue_mode bio"\n no_path_retry 4\n' ''; try "defaults"
conf ' features "2 queue_mode fast"\n' ''; try "a mode that nobody knows"
conf ' features "2 queue_mode mq"\n' ''; multipath -v1; try mq; multipath -ll 2>/dev/null | head -2
conf ' features "2 queue_mode bio"\n' ''; try "bio, later"
multipath -v2 -r 2>&1 | sed 's/^[0-9.]* | //'
