#udev
# kpartx gives partitions of a map the names that are asked for, waits until udev has made and dropped their links, and leaves alone what is open.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 30\n}\n' > /etc/multipath.conf
printf 'label: dos\n2048,4096,83\n8192,,82\n' > /tmp/table
pt() { # start size type, for each entry of a DOS table
 printf '\0%.0s' {1..446}; for e in "$@"; do set -- $e; printf "\\x00\\x00\\x00\\x00\\x$3\\x00\\x00\\x00"; for n in $1 $2; do printf "\\x$(printf %02x $((n&255)))\\x$(printf %02x $((n>>8&255)))\\x00\\x00"; done; done; }
{ pt "2048 4096 83" "8192 2048 82"; printf '\0%.0s' {1..32}; printf '\x55\xaa'; } > /tmp/mbr
stat -c %s /tmp/mbr
dd if=/tmp/mbr of=/dev/sda bs=512 count=1 oflag=direct conv=notrunc status=none
multipathd
sleep 3; udevadm settle; sleep 4
dmsetup ls --tree
dmsetup table
kpartx -l /dev/mapper/mpatha; echo rc=$?
kpartx -av /dev/mapper/mpatha; echo rc=$?
ls /dev/mapper
kpartx -dv /dev/mapper/mpatha; echo rc=$?
ls /dev/mapper
kpartx -av -p -part /dev/mapper/mpatha; echo rc=$?
ls /dev/mapper; udevadm settle
dmsetup info -c -o name,uuid
multipath -f mpatha; echo rc=$?; sleep 1; udevadm settle
ls /dev/mapper; dmsetup ls
multipathd add path sda; sleep 3; udevadm settle; sleep 1; ls /dev/mapper
exec 4< /dev/mapper/mpatha-part1
multipathd del map mpatha; echo rc=$?
exec 4<&-
multipathd del map mpatha; echo rc=$?
sleep 1; udevadm settle; ls /dev/mapper
