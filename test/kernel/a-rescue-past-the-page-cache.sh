# dd conv=noerror,sync iflag=direct over bad sectors: a block of which a part could be read has that part, since it was in the buffer already.
modprobe scsi_debug vpd_use_hostno=0 dev_size_mb=8 delay=0
dmsetup create bad --table "0 100 linear /dev/sda 0
100 3 error
103 2000 linear /dev/sda 103"
seq -w 1 400000 | head -c $((2048 * 512)) > /tmp/ref
dd if=/tmp/ref of=/dev/sda bs=64k oflag=direct status=none
same() { for s in $(seq 92 108); do cmp -s -i $((s * 512)) -n 512 /tmp/ref /tmp/out && echo -n "$s "; done; echo; }
for bs in 512 2k 4k 64k; do
  for flags in iflag=direct ""; do
    dd if=/dev/mapper/bad of=/tmp/out bs=$bs count=$((1048576 / $(numfmt --from=iec ${bs^^}))) $flags conv=noerror,sync status=none
    echo "bs=$bs $flags rc=$? size $(stat -c %s /tmp/out)"; same
  done
done
dd if=/dev/mapper/bad of=/tmp/out ibs=4k obs=512 iflag=direct conv=noerror,sync count=16 status=none; same
dd if=/dev/mapper/bad of=/tmp/out bs=4k iflag=direct conv=noerror count=16 status=none; stat -c %s /tmp/out
dd if=/dev/mapper/bad of=/tmp/out bs=4k iflag=direct,fullblock conv=noerror,sync count=16 status=none; same
