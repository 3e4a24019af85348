# Unplugging a disk waits for the commands that it still runs: one disk, and a host that leaves with its disk.
modprobe scsi_debug dev_size_mb=8 delay=0 add_host=1
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host
sleep 1
echo 900000000 > /sys/bus/pseudo/drivers/scsi_debug/ndelay
ls /sys/block | grep sd
timed() {
  local before=$EPOCHREALTIME
  "$@"
  local after=$EPOCHREALTIME
  (( ${after/./} - ${before/./} > 300000 )) && said="it took as long as the command" || said="it was over at once"
}
unplug() { echo 1 > /sys/block/$1/device/delete; }
lose_host() { echo -1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; }
reads() { dd if=/dev/$1 of=/dev/null bs=4k count=1 iflag=direct 2>&1 | tail -1 | cut -d' ' -f1; }
reads sda & sleep 0.3
timed unplug sda
wait; echo "$said"
reads sdb & sleep 0.3
timed lose_host
wait; echo "$said"
ls /sys/block | grep sd; ls /sys/class/scsi_host
timed lose_host; echo "$said"
