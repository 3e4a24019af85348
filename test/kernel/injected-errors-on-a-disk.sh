# The same kinds of injected errors on a plain disk, as the reader sees them.
modprobe scsi_debug dev_size_mb=8 delay=0
mount -t debugfs none /sys/kernel/debug
e=/sys/kernel/debug/scsi_debug/0:0:0:0/error
r() { echo "2 -100 0x28 $1" > $e; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "$1: rc=$?"; echo "- 2 0x28" > $e; }
cat $e
echo "2 -100 0x28 0 0 0x2 0x3 0x11 0" > $e; cat $e; echo "- 2 0x28" > $e; cat $e
r "0 0 0x2 0x3 0x11 0"
r "0 0 0x2 0x4 0x44 0"
r "0 0 0x2 0x5 0x24 0"
r "0x1 0 0 0 0 0"
r "0xe 0 0 0 0 0"
r "0xf 0 0 0 0 0"
r "0 0 0x18 0 0 0"
echo "2 1 0x28 0x1 0 0 0 0 0" > $e
for i in 1 2; do dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; done
