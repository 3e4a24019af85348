# An ioctl on a map that queues hangs without a path and goes on when one comes back; without queueing it fails.
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
sg() { sg_inq /dev/mapper/m > /tmp/o 2>&1; echo "inquiry rc=$?"; grep -i 'product id' /tmp/o; }
sg
dmsetup message m 0 fail_path 8:0
sg & sleep 1; echo "hanging"
dmsetup message m 0 reinstate_path 8:0; wait
dmsetup message m 0 fail_path 8:0
timeout 1 sg_inq /dev/mapper/m; echo "ended rc=$?"
dmsetup message m 0 fail_if_no_path; sg > /tmp/p; head -1 /tmp/p; dmsetup status m
dmsetup message m 0 reinstate_path 8:0; dmsetup suspend m; sg > /tmp/p; head -1 /tmp/p; dmsetup resume m; sg
