# A disk says that its port group changes state: what the alua handler asks, and logs, when a program's command says so, and when I/O does.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0; sleep 1; echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host
sleep 1; mkdir -p /sys/kernel/debug; busybox mount -t debugfs debugfs /sys/kernel/debug
log() { sleep 1; echo "--- $1"; dmesg | sed '/hrtimer/d; s/^\[[^]]*\] //; s/tag#[0-9]*/tag#/; s/cmd_age=[0-9]*s/cmd_age=/' | tail -n +$((n + 1)); n=$(dmesg | grep -vc hrtimer); for d in sda sdb; do echo "$d $(cat /sys/block/$d/device/access_state)"; done; }
log start > /dev/null
error() { echo "$2" > /sys/kernel/debug/scsi_debug/$1:0:0:0/error; }
error 0 "2 -1 0 0 0 2 2 4 a"; sg_turs /dev/sda; echo "rc=$?"; log "TUR of sda: in transition, once"
error 0 "2 -1 0 0 0 2 2 4 b"; sg_turs /dev/sda; echo "rc=$?"; log "TUR of sda: standby, once"
error 0 "2 -1 0 0 0 2 6 2a 6"; sg_turs /dev/sda; echo "rc=$?"; log "TUR of sda: asymmetric access state changed"
error 0 "2 -1 28 0 0 2 2 4 a"; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; log "READ of sda: in transition, once"
error 0 "2 -1 28 0 0 2 6 2a 6"; dd if=/dev/sda of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; log "READ of sda: asymmetric access state changed"
error 0 "2 1 0 0 0 2 2 4 a"; sg_turs /dev/sda; echo "rc=$?"; log "TUR of sda: in transition, for good"
error 0 "- 2 0"; sg_turs /dev/sda; echo "rc=$?"; log "and no more"
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 1 retain_attached_hw_handler 1 alua 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1"
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none; log "through a map"
error 0 "2 -1 28 0 0 2 2 4 a"; dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "rc=$?"; log "READ in transition, through the map"; dmsetup status
dmsetup remove mp
