# null_blk as modprobe makes it: its modes, its queues, its messages.
modprobe null_blk nr_devices=2 gb=1 queue_mode=0 irqmode=0; echo "rc $?"
ls /sys/block | grep nullb; cat /sys/module/null_blk/parameters/queue_mode; cat /sys/block/nullb0/queue/scheduler /sys/block/nullb0/queue/nr_requests; ls /sys/block/nullb0/mq
dmesg | grep -o 'null_blk: .*'
dmsetup create m --table "0 2097152 multipath 0 0 1 1 round-robin 0 2 1 252:0 1 252:1 1"; echo "rc $?"; for i in 1 2 3 4; do dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none; done; for d in nullb0 nullb1 dm-0; do awk '{ print $1, $3 }' /sys/block/$d/stat; done
