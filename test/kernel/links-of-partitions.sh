#udev
# The links that udev makes for partitions, what it knows of them, and the events when their table is read anew and when they go.
modprobe scsi_debug dev_size_mb=16 num_parts=2 num_tgts=1 max_luns=1 delay=0
udevadm settle
links() { find /dev/disk -name '*part*' -type l | sort | while read -r l; do printf '%s -> %s\n' "$l" "$(readlink "$l")"; done; }
links
udevadm info -q property -n sda1 | grep -vE 'USEC|DEVLINKS'
udevadm info -n sda2 | grep -vE '^[ES]:'; udevadm info -q property -n sda | grep PART
for p in /block/sda /sys/block/sda /class/block/sda1 /sys/class/block/sda1 /sys/block/sda/sda1 /block/nosuch sda; do echo "$p: $(udevadm info -q name -p $p 2>&1)"; done
udevadm monitor -k -p --subsystem-match=block > /tmp/k & sleep 1
say() { sleep 2; udevadm settle; echo "--- $1"; sed '/^$/d; s/\[[0-9.]*\]//; /SEQNUM/d' /tmp/k | tail -n +4; : > /tmp/k; }
: > /tmp/k; blockdev --rereadpt /dev/sda; sleep 2; echo '--- reread'; tr -d '\0' < /tmp/k | sed '/^$/d; s/\[[0-9.]*\]//; /SEQNUM/d'; kill %1; wait
sfdisk -q --delete /dev/sda 2; sleep 1; udevadm settle; links
dmsetup create p -u PP --table "0 100 linear /dev/sda1 0"; udevadm settle; sfdisk -q --delete /dev/sda 1; sleep 1; udevadm settle; links; awk 'NR>2' /proc/partitions
dmsetup remove p; printf ',4M\n,,S\n' | sfdisk -q /dev/sda; sleep 1; udevadm settle; links | grep -v partuuid; ls /dev/disk/by-partuuid | sed 's/^[0-9a-f]*/ID/'
echo 1 > /sys/block/sda/device/delete; sleep 1; udevadm settle; links; ls /dev/disk
