# The commands that a rescan of a device, a scan of its host and a search for partitions send, in the counters of the device.
c() { echo "$1: $(for d in $(ls /sys/block | grep ^sd); do echo "$d $(($(cat /sys/block/$d/device/iorequest_cnt))) $(($(cat /sys/block/$d/device/iodone_cnt))) $(($(cat /sys/block/$d/device/ioerr_cnt))) $(awk '{print $1,$3}' /sys/block/$d/stat)"; done | tr '\n' ' ')"; }
m() { modprobe scsi_debug dev_size_mb=8 delay=0 "$@"; c "$*"; }
m ndelay=0
h=/sys/class/scsi_host/host0/scan
echo 1 > /sys/block/sda/device/rescan; c rescan
echo "- - -" > $h; c "scan all"
echo "0 0 -" > $h; c "scan a target"
echo "0 0 0" > $h; c "scan a unit"
echo "0 0 7" > $h; c "scan a unit that is not there"
echo 1 > /sys/block/sda/device/delete; c "the unit is gone"
echo "0 0 0" > $h; c "scan the unit"
echo 1 > /sys/block/sda/device/delete; echo "0 0 -" > $h; c "scan its target"
echo 1 > /sys/module/scsi_debug/parameters/wp; echo 1 > /sys/block/sda/device/rescan; c "rescan when it is protected"
echo 2 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 1 > /sys/block/sda/device/rescan; c "rescan when it has grown"
echo 3 > /sys/bus/pseudo/drivers/scsi_debug/virtual_gb; echo 0 > /sys/module/scsi_debug/parameters/wp
blockdev --getsz --getro /dev/sda; blockdev --rereadpt /dev/sda; c "table read again"; blockdev --getsz --getro /dev/sda
blockdev --rereadpt /dev/sda; c "once more"
rmmod scsi_debug
m vpd_use_hostno=0; echo 1 > /sys/block/sda/device/rescan; c rescan; blockdev --rereadpt /dev/sda; c reread; rmmod scsi_debug
m num_parts=2; blockdev --rereadpt /dev/sda; c reread
echo offline > /sys/block/sda/device/state; echo running > /sys/block/sda/device/state; c running; rmmod scsi_debug
m lbpu=1; echo 1 > /sys/block/sda/device/rescan; c rescan
