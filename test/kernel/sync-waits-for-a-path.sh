# A sync of dirty pages on a map that queues waits until a path comes back; reads from the cache go on.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
printf 'x%.0s' {1..4096} > /tmp/x
exec 3<> /dev/mapper/m
dmsetup message m 0 fail_path 1:0
dd if=/tmp/x of=/dev/mapper/m bs=4096 count=1 conv=notrunc status=none; echo "write rc=$?"
( sync /dev/mapper/m; echo "sync rc=$?" ) & sleep 1
echo "waiting"; dd if=/dev/mapper/m bs=4096 count=1 status=none | cmp - /tmp/x && echo "cached read ok"
timeout 1 dd if=/dev/mapper/m of=/dev/null bs=4096 skip=100 count=1 status=none & sleep 1; echo "uncached read waits"
dmsetup message m 0 reinstate_path 1:0; wait
exec 3>&-
dd if=/dev/ram0 bs=4096 count=1 iflag=direct status=none | od -An -c -N2
