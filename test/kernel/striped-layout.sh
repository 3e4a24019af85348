# Chunks alternate between the stripes; a write is split at chunk boundaries.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create s --table "0 64 striped 2 8 1:0 0 1:1 100"
for i in 0 1 2 3 4 5 6 7; do printf "$i%.0s" {1..4096}; done > /tmp/in
dd if=/tmp/in of=/dev/mapper/s bs=32768 count=1 oflag=direct status=none; echo "rc=$?"
for i in 0 1 2 3; do dd if=/dev/ram0 bs=4096 skip=$i count=1 iflag=direct status=none | head -c 3; dd if=/dev/ram1 bs=512 skip=$((100 + 8 * i)) count=8 iflag=direct status=none | head -c 3; done; echo
dd if=/dev/mapper/s of=/tmp/out bs=512 count=64 iflag=direct status=none; cmp /tmp/in /tmp/out && echo same
dd if=/tmp/in of=/dev/mapper/s bs=512 skip=4 seek=12 count=24 oflag=direct status=none
for s in 8 12 16; do dd if=/dev/mapper/s bs=512 skip=$s count=1 iflag=direct status=none | head -c 2; done; echo
dmsetup status s; dmsetup deps s; cat /sys/block/dm-0/queue/optimal_io_size /sys/block/dm-0/queue/minimum_io_size
