#!/bin/bash
# What a map that queues sends down when its path is back: the commands and requests of each kind of I/O, one alone, and several.
exec 2>&1
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0; sleep 1
c() { echo "$1: $(($(cat /sys/block/sda/device/iorequest_cnt))) dm-0 $(awk '{ print $1, $2, $3, $5, $6, $7, $16 }' /sys/block/dm-0/stat) sda $(awk '{ print $1, $2, $3, $5, $6, $7, $16 }' /sys/block/sda/stat)"; }
case=0
q() { # q COMMAND...: each in the background while the map queues
  dmsetup message m 0 fail_path 8:0
  for x in "$@"; do eval "$x &"; sleep 0.3; done
  dmsetup message m 0 reinstate_path 8:0; sleep 0.7; wait; c "$*" | sed 's#/dev/mapper/##g'
}
D="status=none"; R="dd if=/dev/mapper/m of=/dev/null $D"; W="dd if=/dev/zero of=/dev/mapper/m conv=notrunc $D"
for mode in rq bio; do
echo "--- $mode"
dmsetup create m --table "0 2048 multipath 3 queue_if_no_path queue_mode $mode 0 1 1 round-robin 0 1 1 8:0 1"
c created
q "$R bs=64k count=1 iflag=direct"
q "$R bs=512 count=1 iflag=direct"
q "$R bs=4k count=1 skip=56"
q "$W bs=4k count=3 seek=128 conv=fsync"
q "$W bs=4k count=3 seek=128 oflag=direct"
q "$W bs=4k count=1 seek=1 oflag=direct" "$W bs=4k count=1 seek=2 oflag=direct"
q "$R bs=4k count=1 skip=1 iflag=direct" "$R bs=4k count=1 skip=2 iflag=direct" "$R bs=4k count=1 skip=3 iflag=direct"
q "$W bs=4k count=2 seek=8 conv=fsync" "$R bs=4k count=1 skip=30"
q "sync /dev/mapper/m"
q "$R bs=64k count=1 iflag=direct" "$R bs=64k count=1 skip=1 iflag=direct" "$R bs=64k count=1 skip=3 iflag=direct"
q "$W bs=1k count=1 seek=100 oflag=direct conv=fsync,notrunc" "$R bs=512 count=1 skip=0 iflag=direct"
exec 7<> /dev/mapper/m; $W bs=4k count=3 seek=10
q "sync /dev/mapper/m" "$W bs=4k count=1 seek=11" "sync /dev/mapper/m"
exec 7>&-
c closed
dmsetup remove m; done
