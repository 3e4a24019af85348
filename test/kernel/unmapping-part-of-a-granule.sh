# What a disk's blocks hold after discards that begin and end within a granule, for each lbprz; WRITE SAME in their place; through a map that shifts.
look() { dd if=$1 bs=512 count=32 iflag=direct status=none | od -An -v -tx1 -w512 | cut -c2-6 | uniq -c; }
fill() { head -c 16384 /dev/zero | tr '\0' x | dd of=$1 bs=16k oflag=direct status=none; }
for z in 0 1; do
  for w in 'lbpu=1' 'lbpws=1' 'lbpws10=1' 'lbpu=1 lbpws=1'; do
  echo "-- lbprz=$z $w"
  modprobe scsi_debug add_host=1 dev_size_mb=8 lbprz=$z $w unmap_granularity=8 delay=0; sleep 0.5
  cat /sys/block/sda/queue/discard_max_bytes /sys/block/sda/queue/discard_granularity /sys/class/scsi_disk/*/provisioning_mode /sys/class/scsi_disk/*/zeroing_mode | tr '\n' ' '; echo
  fill /dev/sda; blkdiscard -f -o 512 -l 8192 /dev/sda 2>/dev/null; echo "rc=$?"; look /dev/sda
  fill /dev/sda; blkdiscard -f -o 4096 -l 8192 /dev/sda 2>/dev/null; echo "rc=$?"; look /dev/sda
  fill /dev/sda; blkdiscard -f -o 512 -l 3072 /dev/sda 2>/dev/null; echo "rc=$?"; look /dev/sda
  fill /dev/sda; blkdiscard -f -z -o 512 -l 8192 /dev/sda 2>/dev/null; echo "zeroes $?"; look /dev/sda
  dmsetup create d --table "0 8192 linear /dev/sda 3"; fill /dev/mapper/d; blkdiscard -f -o 4096 -l 8192 /dev/mapper/d 2>/dev/null; echo "rc=$?"; look /dev/mapper/d; dmsetup remove d
  rmmod scsi_debug; sleep 0.5
  done
done
