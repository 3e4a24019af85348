#udev
# multipath -c -C -u -U -i -a -w -W -R -q -b -p with wrong and with odd arguments.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\n" > /etc/multipath.conf
multipathd
sleep 4; udevadm settle; sleep 4
c() { echo "> $*"; multipath "$@" > /tmp/out 2>&1; rc=$?; sed "s/^[0-9.]* | //" /tmp/out | head -12; echo "rc=$rc"; }
c -c
c -c /dev/sda
c -c sda
c -c 8:0
c -c /dev/nosuch
c -c mpatha
c -C mpatha
c -C /dev/dm-0
c -C dm-0
c -C nosuch
c -u
c -u sda
c -u /dev/sdb
c -U
c -i -c /dev/sda
c -a
c -a /dev/sda
c -a sda
c -w
c -w sda
c -w /dev/sdb
c -W
c -R 0 -F
c -R x -f nosuch
c -q -ll
c -p multibus -d
c -p nonsense
c -b /tmp/bind -d -r
c -f
c -f nosuch
c -f 1Linux_scsi_debug_2000
c -l nosuch
c -ll sda
c -ll 8:16
c -l /dev/dm-0
c -v
c -v9 -t -x
c -z
c a b
