#!/bin/bash
# The sequence number of a disk: what takes one, besides the disks that come.
exec 2>&1
modprobe scsi_debug dev_size_mb=8 delay=0
s() { dmsetup create probe --table "0 8 zero"; n=$(cat /sys/block/$(basename $(readlink -f /dev/mapper/probe))/diskseq 2>/dev/null || cat /sys/dev/block/$(dmsetup info -c --noheadings -o major,minor probe)/diskseq); echo "$1: $((n - last - 1))"; last=$n; dmsetup remove probe; }
last=0; s start > /dev/null
s nothing
dmsetup create a --table "0 8 zero"; s "a map"
dmsetup create a --table "0 8 zero"; s "a name that is taken"
dmsetup create b --table "0 8 nosuch"; s "a table with an unknown target"
dmsetup create b --table "0 8 linear 8:0"; s "a table that is wrong"
dmsetup create b --notable; s "no table"
dmsetup create b -u uuid --table "0 8 zero"; s "the name again"
dmsetup create c -u U1 --table "0 8 zero"; dmsetup create d -u U1 --table "0 8 zero"; s "a map, and its UUID again"
dmsetup create e --minor 0 --table "0 8 zero"; s "a number that is taken"
dmsetup create e --minor 99 --table "0 8 zero"; s "a number of its own"
dmsetup reload a --table "0 16 zero"; dmsetup resume a; s "another table"
dmsetup rename a f; s "another name"
losetup -f > /dev/null; s "losetup -f"
truncate -s 1M /tmp/img; losetup /dev/loop0 /tmp/img; s "a loop device gets a file"
losetup -d /dev/loop0; s "and loses it"
modprobe brd rd_nr=2 rd_size=1024; s "two ram disks"
modprobe null_blk nr_devices=1; s "a null_blk disk"
echo 1 > /sys/block/sda/device/delete; s "a SCSI disk goes"
echo "- - -" > /sys/class/scsi_host/host0/scan; sleep 1; s "and comes back"
echo 1 > /sys/block/sda/device/rescan; s rescan
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; s "a disk grows"
dmsetup create b --table "0 8 zero" -j 254 -m 300; s "b has no table yet"
