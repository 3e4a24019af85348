# A suspend of a request map waits for requests on their way; interrupted, it leaves the map running, without its queueing if it was a flush.
modprobe scsi_debug dev_size_mb=8 delay=0; sleep 1
dmsetup create warm --table "0 8 linear 8:0 0"; dmsetup remove warm
for opt in --noflush ""; do
  dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
  echo 1000 > /sys/bus/pseudo/drivers/scsi_debug/delay
  ( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 1
  timeout 1 dmsetup suspend $opt m; echo "suspend $opt rc=$?"
  dmsetup info m | grep State; dmsetup table m
  wait; cat /tmp/w
  echo 0 > /sys/bus/pseudo/drivers/scsi_debug/delay
  dmsetup suspend $opt m; dmsetup resume m; dmsetup table m; dmsetup remove m
done
dmesg | grep -o 'device-mapper: multipath: .*'
