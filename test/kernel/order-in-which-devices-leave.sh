# The order in which the devices of a host leave with it: as they were found, whatever their number.
modprobe scsi_debug add_host=2 num_tgts=2 max_luns=2 dev_size_mb=8 delay=0; sleep 1
log() { dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'Synchronizing|Detached' | sed 's/\[sd[a-z]*\] //'; }
log
echo -1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 0.5; log
echo 1 > /sys/class/scsi_device/0:0:0:0/device/delete; sleep 0.2; log
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; sleep 0.5; ls /sys/class/scsi_device
rmmod scsi_debug; echo rc=$?; log
