# A Fibre Channel port vanishes from the fabric. Until fast_io_fail_tmo its disk holds what it was given; then that fails,
# and goes down the other path. After dev_loss_tmo the disk is gone.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
#: The disks are reached through Fibre Channel ports. One will vanish at 10 s.
simctl fc host0 host1
port=/sys/class/fc_remote_ports/rport-0:0-0
echo 5 > $port/fast_io_fail_tmo
echo 20 > $port/dev_loss_tmo
dmsetup create mp --table "0 $S multipath 0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
simctl at 10s simctl fc lose rport-0:0-0

#: Until fast_io_fail_tmo (5 s) the disk is blocked, and holds the read that it has; then the read goes down the other path.
for t in 0 5 10 15 20 25 30; do
  start=$(simctl time)
  dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none
  took=$(echo "$start $(simctl time)" | awk '{ printf "%.1f", $2 - $1 }')
  echo "a read at $t s took $took s; the port is $(cat $port/port_state), the disk $(cat /sys/block/sda/device/state 2>/dev/null || echo gone)"
  sleep $(echo "$took" | awk '{ print 5 - $1 }')
done
dmsetup status mp
