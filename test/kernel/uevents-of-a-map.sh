#udev
# What the kernel announces when a map is created, suspended, resumed, renamed, loses a path and is removed; a path listed twice sends two, the newest first.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
udevadm settle; sleep 1
udevadm monitor --kernel --property --subsystem-match=block >> /tmp/m 2>/dev/null & p=$!
sleep 1; : > /tmp/m
show() { sleep 0.7; echo "-- $1"; sed -n '/^KERNEL.*dm-/,/^$/p' /tmp/m | grep -E '^ACTION|^DM_|^RESIZE|^DEVNAME' | grep -v DM_COOKIE; : > /tmp/m; }
dmsetup create m --notable; show create
dmsetup load m --table "0 16384 multipath 2 queue_mode bio 0 2 1 round-robin 0 2 1 8:0 1 8:16 1 round-robin 0 1 1 8:0 1"; show load
dmsetup resume m; show resume
dmsetup suspend m; show suspend
dmsetup resume m; show "resume again"
dmsetup message m 0 fail_path 8:16; show fail
dmsetup message m 0 fail_path 8:0; show "fail a path listed twice"
dmsetup message m 0 disable_group 2; show "disable a group"
dmsetup message m 0 reinstate_path 8:16; show reinstate
dmsetup rename m n; show rename
dmsetup load n --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup resume n; show shrink
dmsetup info -c --noheadings -o events n; dmsetup remove n; show remove
kill $p
