# A plain disk: offline, running, states that sysfs refuses, deleted and found again.
modprobe scsi_debug add_host=1 dev_size_mb=8 delay=0
s=/sys/block/sda/device/state
r() { dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "read rc=$?"; }
set_to() { echo $1 2>/dev/null > $s || echo "$1 refused"; cat $s; }
cat $s; r
set_to offline; r
dd if=/dev/zero of=/dev/sda bs=4096 count=1 oflag=direct status=none; echo "write rc=$?"
set_to running; r
exec 3< /dev/sda; set_to offline; dd bs=4096 count=1 iflag=direct status=none <&3 | wc -c; exec 3<&-
set_to running; set_to blocked; set_to nonsense; set_to transport-offline
echo 1 > /sys/block/sda/device/delete; sleep 1; ls /sys/block | grep -c sd; [ -e $s ] || echo "gone"
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; sleep 2
ls /sys/block | grep sd; r
