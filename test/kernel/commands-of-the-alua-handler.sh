#!/bin/bash
# The commands with which the alua handler asks for the state of a port group, in the counters of each path.
exec 2>&1
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0; sleep 1
for i in 1 2; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; done
mkdir -p /sys/kernel/debug; busybox mount -t debugfs debugfs /sys/kernel/debug
c() { sleep 1; echo "$1: $(for d in sda sdb sdc; do echo "$d $(($(cat /sys/block/$d/device/iorequest_cnt))) $(($(cat /sys/block/$d/device/iodone_cnt))) $(($(cat /sys/block/$d/device/ioerr_cnt)))"; done | tr '\n' ' ')"; }
error() { echo "$2" > /sys/kernel/debug/scsi_debug/$1:0:0:0/error; }
r() { dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; }
turs() { sg_turs $1 > /dev/null; }
c start
dmsetup create m --table "0 2048 multipath 3 retain_attached_hw_handler queue_mode bio 1 alua 2 1 service-time 0 2 1 8:0 1 8:16 1 service-time 0 1 1 8:32 1"; c created
r; c "the first read"
r; c "the second"
dmsetup message m 0 fail_path 8:0; r; c "a path has failed"
dmsetup message m 0 reinstate_path 8:0; r; c "it is back"
dmsetup message m 0 switch_group 2; c switched; r; c "read after the switch"
dmsetup message m 0 switch_group 1; r; c "read after the switch back"
echo offline > /sys/block/sdb/device/state; c "sdb is offline"
dmsetup message m 0 switch_group 2; r; dmsetup message m 0 switch_group 1; r; c "there and back without it"
r; c "another read"
echo running > /sys/block/sdb/device/state; dmsetup message m 0 reinstate_path 8:16; c "sdb runs"
dmsetup message m 0 fail_path 8:0; r; c "read from sdb"
dmsetup remove m
turs /dev/sda; c "sg_turs"
error 0 "2 -1 0 0 0 2 2 4 a"; turs /dev/sda; c "sg_turs: in transition, once"
error 0 "2 -1 0 0 0 2 6 2a 6"; turs /dev/sda; c "sg_turs: the state has changed"
error 0 "2 -1 0 0 0 2 2 4 b"; turs /dev/sda; c "sg_turs: standby"
error 0 "2 -1 28 0 0 2 2 4 a"; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; c "a read: in transition, once"
error 0 "2 -1 28 0 0 2 6 2a 6"; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; c "a read: the state has changed"
echo 1 > /sys/block/sda/device/rescan; c rescan
sg_rtpg /dev/sda > /dev/null; c sg_rtpg
echo offline > /sys/block/sda/device/state; echo 1 > /sys/block/sda/device/rescan; c "rescan while it is offline"
echo running > /sys/block/sda/device/state; c "it runs"
sg_inq /dev/sda > /dev/null; c sg_inq; sg_inq -p 0x83 /dev/sda > /dev/null; c "sg_inq of a page"; sg_inq -i /dev/sda > /dev/null; c "sg_inq -i"
sg_turs -n 5 /dev/sda > /dev/null; c "five TURs"; sg_persist -n -k /dev/sda > /dev/null; c sg_persist; sg_persist -k /dev/sda > /dev/null; c "sg_persist with an inquiry"
echo activate > /sys/block/sdb/device/dh_state; c "activated by hand"
for e in "0 0 2 2 4 3" "0 0 2 3 11 0" "0 0 2 5 24 0" "0 0 2 b 0 0" "0 0 8 0 0 0" "0 0 18 0 0 0" "1 0 0 0 0 0" "5 0 0 0 0 0"; do
  for to in "> /dev/null" "2> /dev/null"; do error 0 "2 -1 0 $e"; echo "--- $e $to"; eval "sg_turs /dev/sda $to"; echo "rc=$?"; done; c "after $e"
done
