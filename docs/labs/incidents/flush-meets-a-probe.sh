# A flush looks whether anybody has the map open, suspends it, and removes it. A probe may open it in between.
# The story: the same as of suspended-and-not-resumed. There the steps are done one by one; here is the race: blkid of udev, which the
# suspend itself had called up, came between the look at the open count and the removal, about once in some hundred flushes.
# Source: https://github.com/microsoft/azurelinux/pull/18793 (2026, multipath-tools 0.9.6)
# Look at: the last line. Mostly one of the two is done before the other begins, and the map is active or gone; now and then it is left
# suspended, with the probe waiting in it. This finds such an order, and makes it small:
#   dmsim explore --runs 300 docs/labs/incidents/flush-meets-a-probe.sh
# Linux does any of this, as it happens: there is no recording of it.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create mpatha --table "0 $S multipath 1 queue_if_no_path 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1"
opened() { dmsetup info -c --noheadings -o open mpatha; }
#: As it was: the program takes a removal that failed for one that somebody else has done, and does not resume.
flush() { [ "$(opened)" = 0 ] && dmsetup suspend mpatha && dmsetup remove mpatha 2>/dev/null; }
probe() { dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 iflag=direct status=none 2>/dev/null; }
probe & flush &
sleep 1
left=$(dmsetup info -c --noheadings -o suspended mpatha 2>/dev/null)
echo "the map is ${left:-Gone}"
dmsetup resume mpatha 2>/dev/null
wait
