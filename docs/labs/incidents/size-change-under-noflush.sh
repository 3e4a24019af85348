# A larger table is swapped in under waiting I/O: the resume, which sets the new size, must not wait for that I/O.
# The story: a noflush suspend took I/O back, and an fsync that waited for it held the lock of the device's inode. The resume
# needed that lock to set the new size, and the I/O needed the resume: everything stood still.
# Source: Linux 2.6.20, "dm-multipath: fix stall on noflush suspend/resume"
# Look at: whether the resume comes back, the size after it, and what became of the fsync.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
#: A map of half the disk, in the mode of the patches: bios.
dmsetup create mpatha --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
blockdev --getsz /dev/mapper/mpatha
#: All paths are lost while pages are written back: dd sits in fsync, which waits in the map.
state offline
( dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=16 conv=fsync status=none 2>/dev/null && echo "fsync completed" || echo "fsync FAILED" ) > /tmp/answer &
sleep 1
[ -s /tmp/answer ] || echo "the fsync waits"
#: The swap: noflush, a table of the whole disk, and the paths are back.
dmsetup suspend --noflush mpatha
dmsetup load mpatha --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
state running
timeout 10 dmsetup resume mpatha && echo "the resume came back"
wait
cat /tmp/answer
blockdev --getsz /dev/mapper/mpatha
dmsetup status mpatha
#: The new end can be written at once.
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=2047 count=1 oflag=direct status=none && echo "the last block is there"
