#udev
# multipath and the daemon ask each path for its geometry, for which the kernel reads its first page, unless it is in memory.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n}\n' > /etc/multipath.conf
stat() { for d in sda sdb dm-0; do [ -e /sys/block/$d/stat ] && { read -r reads merged sectors rest < /sys/block/$d/stat; echo "$d $reads $merged $sectors"; }; done; }
step() { echo "> $*"; "$@" > /tmp/out 2>&1; sleep 1; udevadm settle; stat; }
stat
step multipath -v0 -d
step multipath -d
step multipath -ll
step multipath -l
step multipath -c /dev/sda
step multipath -d /dev/sda
step multipath -a /dev/sda
step multipath -U mpatha
exec 5< /dev/sda
step multipath -d
step multipath -d
exec 5<&-
step multipath -d
step multipath
sleep 3; stat
step multipath -ll
step multipath -r
sleep 3; stat
step multipath -f mpatha
step multipath -ll
step multipathd
sleep 3; stat
step multipath -ll
step multipath -d
step multipathd reconfigure
step mpathpersist -i -k /dev/mapper/mpatha
