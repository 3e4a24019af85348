# A direct read or write of a disk whose page cache has lost a write: who is told of it, and how often.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
b() { dd if=/dev/zero of=/dev/sda bs=4096 count=1 conv=notrunc 2>&1 | head -n 1; }
r() { dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "direct read rc=$?"; }
c() { dd if=/dev/sda of=/dev/null bs=4096 count=1 status=none; echo "cached read rc=$?"; }
w() { dd if=/dev/zero of=/dev/sda bs=4096 count=1 oflag=direct conv=notrunc status=none; echo "direct write rc=$?"; }
f() { dd if=/dev/null of=/dev/sda bs=4096 conv=notrunc,fsync status=none; echo "fsync rc=$?"; }
wp() { echo $1 > /sys/module/scsi_debug/parameters/wp; }
exec 7< /dev/sda
wp 1; b; sync; wp 0; r; r; f; f
echo "--- write"; wp 1; b; sync; wp 0; w; w; r; f
echo "--- fsync first"; wp 1; b; sync; wp 0; f; r; r; c
echo "--- dirty, not written"; wp 1; dd if=/dev/zero of=/dev/fd/7 bs=4096 count=1 2>/dev/null; exec 8<> /dev/sda; printf x >&8; r; r; w; wp 0; r; exec 8>&-; r
exec 7<&-
