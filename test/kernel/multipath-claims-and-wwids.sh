#udev
# multipath -c, -u, -a, -w, -W, -C and -U in turn, under every find_multipaths, with names, numbers and nothing.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
q() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | /T | /'; echo "rc=${PIPESTATUS[0]}"; }
w() { printf "defaults {\n user_friendly_names yes\n find_multipaths $1\n}\n" > /etc/multipath.conf; }
w strict
q -c sda; q -c /dev/sdb; q -u sda; q -c 8:0; q -c nosuch
q -a /dev/sda; q -c sdb; q -a /dev/sda
cat /etc/multipath/wwids
q -w 1Linux_scsi_debug_2000; q -w sda; q -w sda
cat /etc/multipath/wwids | tail -1
w smart; q -c sda; q -u sdb
w on; q -c sda; q -u sda
w greedy; q -c sda
w no; q -v1; q -c sda; q -W; cat /etc/multipath/wwids | tail -1
q -F; q -W; tail -1 /etc/multipath/wwids
q -a nosuch; q -w nosuch
q -c; q -a; q -w
printf 'blacklist {\n devnode sda\n}\n' >> /etc/multipath.conf
q -c sda; q -c sdb; q -a sda; q -a sdb
q -C mpatha; q -v1; q -C mpatha; q -U mpatha; q -C 1Linux_scsi_debug_2000
rm /etc/multipath/wwids; q -c sdb; ls /etc/multipath
