#udev
# Commands to multipathd -k by standard input and as its argument; words after a bare -k count for nothing.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
printf 'show maps\nshow paths raw format "%%d %%t"\nnonsense\n\nshow map mpatha\nquit\n' | multipathd -k
echo rc=$?
printf 'show maps status\n' | multipathd -k
echo rc=$?
echo 'show daemon' | multipathd -k | sed 's/pid [0-9]*/pid N/'
multipathd -k'show maps'; echo rc=$?
multipathd -kshow < /dev/null; echo rc=$?
multipathd -k"show map mpatha topology"
multipathd -k 'show paths format "%d %T"' < /dev/null; echo rc=$?
multipathd -k'fail path sda'; sleep 2
multipathd -k'list paths format %d,%t'
multipathd "-kreinstate path sda"; sleep 2
multipathd -k"show maps raw format '%n %d'"
multipathd -v3 -k'show maps' 2>&1 | sed 's/^[0-9.]* | /T | /'
multipathd show 'maps' "format" '"%n"'
multipathd 'show maps format "%n" '
multipathd list maps format '%n "%d"'
printf 'exit\n' | multipathd -k; echo rc=$?
printf 'help\n' | multipathd -k | head -4
