#!/bin/bash
# While sync(1) waits for a page of a map without paths, nobody can open or close the map: sync holds its open_mutex.
exec 2>&1
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=1
dmsetup create m --table "0 2048 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup create other --table "0 2048 linear 8:0 4096"
info() { echo "$1: $(dmsetup info -c --noheadings -o name,open | tr '\n' ' ')"; for f in /tmp/j.*; do [ -s $f ] && { echo "${f#/tmp/j.}: $(tr '\n' '|' < $f)"; rm $f; }; done; return 0; }
j() { local name=$1; shift; ( "$@"; echo "rc=$?" ) > /tmp/j.$name 2>&1 & sleep 1; }
exec 7<> /dev/mapper/m 8<> /dev/mapper/other
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 conv=notrunc status=none
dd if=/dev/zero of=/dev/mapper/other bs=4k count=1 conv=notrunc status=none
info "two dirty pages"
( exec 9< /dev/mapper/m; until [ -e /tmp/go ]; do sleep 0.1; done; exec 9<&-; echo "closed" > /tmp/j.close ) & sleep 0.5
dmsetup message m 0 fail_path 8:0
j sync sync; info "sync waits"
grep -E "^(Dirty|Writeback):" /proc/meminfo | tr -s " "
j read dd if=/dev/mapper/m of=/dev/null bs=4k count=1 skip=5 iflag=direct status=none; info "a reader"
j size blockdev --getsz /dev/mapper/m; info "blockdev"
touch /tmp/go; sleep 1
j other dd if=/dev/mapper/other of=/dev/null bs=4k count=1 iflag=direct status=none; info "another map, and one who closes the first"
j sync2 sync; info "another sync"
j fsync sync /dev/mapper/m; info "fsync"
j status dmsetup status m; info "status"
j suspend dmsetup suspend --noflush --nolockfs m; info "suspend"
j resume dmsetup resume m; info "resume"
dmsetup message m 0 reinstate_path 8:0; sleep 1; info "the path is back"
wait; exec 7<&- 8<&-; info "closed"
dmsetup remove m; dmsetup remove other
