# A plain disk: offline, running, blocked, deleted and found again.
modprobe scsi_debug add_host=1 dev_size_mb=8 delay=0
s=/sys/block/sda/device/state
r() { dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "read rc=$?"; }
cat $s; r
echo offline > $s; cat $s; r
dd if=/dev/zero of=/dev/sda bs=4096 count=1 oflag=direct status=none; echo "write rc=$?"
echo running > $s; cat $s; r
echo blocked > $s; cat $s
r & sleep 1; echo "waiting"; echo running > $s; wait
echo nonsense > $s; echo "rc=$?"
echo transport-offline > $s; cat $s; r; echo running > $s
echo 1 > /sys/block/sda/device/delete; sleep 1; ls /sys/block | grep sd; cat $s
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; sleep 2
ls /sys/block | grep sd; r
