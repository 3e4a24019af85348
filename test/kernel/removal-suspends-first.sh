# Removing a running map suspends its targets first (seen in the log after a failed suspend); a suspended map is just removed.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 2500"
broken() {
  dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
  dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 0.5
  timeout 1 dmsetup suspend m; echo "suspend rc=$?"; wait
}
log() { dmesg | grep -c 'saving again loses state'; }
broken; log
dmsetup remove m; echo "rc=$?"; log
broken
dmsetup suspend m; log
dmsetup remove m; echo "rc=$?"; log
dmesg | grep -o 'device-mapper: multipath: .*'
