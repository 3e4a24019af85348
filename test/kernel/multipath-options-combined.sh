#udev
# Options of multipath combined, and the ways to name a map or a path.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n' > /etc/multipath.conf
q() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | /T | /' | head -n 14; echo "rc=${PIPESTATUS[0]}"; }
q -v0
q -ll -v0; q -ll -v1; q -l -v0; q -l -v1; q -v1 -l mpatha; q -ll sda; q -l /dev/sda; q -l 8:0; q -l 8:16; q -l 254:0; q -l dm-0; q -l /dev/dm-0; q -l /dev/mapper/mpatha; q -ll 1Linux_scsi_debug_2000; q -l nosuch; q -ll nosuch; q -l /dev/nosuch; q -l sdz; q -l 9:9
q -l mpatha sda; q -l -ll; q -ll -l
q -d -v2 -p failover; q -d -v3 -p failover -r | grep -v T
q -r; q -r mpatha; q -r sda; q -p failover; q -p failover -r; q -l; q -p multibus mpatha; q -r -p multibus 1Linux_scsi_debug_2000; q -l
q -v2 sda; q -v1 sda; q -v2 mpatha; q -v2 8:0; q -d sda
q -f; q -f nosuch; q -f dm-0; q -f 254:0; q -f /dev/mapper/mpatha; q -v3 -f mpatha | tail -n 3
q -v2 8:16; q -f -v2 mpatha; q -v2 /dev/sdb; q -F; q -F -v2; q -F
q -v2; q -f mpatha -l; q -l -f mpatha; q -ll
q -i -v2 -d; q -B; q -b /tmp/b -v2; cat /tmp/b; q -q -v2; dmsetup table; q -R 1 -f mpatha; q -l; q -R x -v1; q -l
q -W sda; q -w; q -w sda sdb; q -a sda -l; q -c -u sda; q -u -c sda; q -T -t | head -n 3; q -t -T | tail -n 2; q -t sda | head -n 2
q -e; q -M; q -h | head -n 3; q -v; q -v 2; q -v9 -l | grep -v T; q -v-1 -l; q -vx -l; q -l --; q -l -- mpatha; q -- mpatha; q -ll -i; q ''; q -l ''; q -f ''; q 'a b'; q -C; q -U; q -C sda; q -U mpatha; q -C mpatha
