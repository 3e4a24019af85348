#udev
# Keys of reservations: in the file, by command, wrong ones; mpathpersist on maps and disks.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf "defaults {\n user_friendly_names yes\n find_multipaths no\n reservation_key file\n}\n" > /etc/multipath.conf
multipathd; sleep 4; udevadm settle; sleep 4
c() { echo "> $*"; "$@" 2>&1 | sed 's/^[0-9.]* | //' | head -20; echo "rc=${PIPESTATUS[0]}"; }
c multipathd getprkey map mpatha
c multipathd setprkey map mpatha key 0x12ab
c multipathd getprkey map mpatha
c multipathd setprkey map mpatha key 12ab:aptpl
c multipathd getprkey map mpatha
c multipathd setprkey map mpatha key 0
c multipathd setprkey map mpatha key zz
c multipathd setprkey map mpatha key 123456789abcdef01
c multipathd unsetprkey map mpatha
c multipathd unsetprkey map mpatha
c multipathd setprkey map nosuch key 5
c multipathd setprstatus map mpatha
c multipathd setprstatus map mpatha
c multipathd getprstatus map mpatha
c multipathd unsetprstatus map mpatha
c multipathd getprstatus map mpatha
cat /etc/multipath/prkeys
c mpathpersist --in -k /dev/mapper/mpatha
c mpathpersist -i -r /dev/mapper/nosuch
c mpathpersist -i -k
c mpathpersist --in /dev/mapper/mpatha
c mpathpersist -i -k -r /dev/mapper/mpatha
c mpathpersist -o --register --param-sark=5 /dev/mapper/mpatha
c mpathpersist -o --reserve --prout-type=9 --param-rk=5 /dev/mapper/mpatha
c mpathpersist -i -k /dev/sda
c mpathpersist -x
