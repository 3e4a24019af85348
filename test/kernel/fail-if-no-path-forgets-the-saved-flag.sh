# fail_if_no_path after a failed suspend also forgets that queueing was on: the next suspend and resume do not bring it back.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create slow --table "0 8192 delay 1:0 0 2500"
for msg in fail_if_no_path queue_if_no_path; do
  dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
  dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 0.5
  timeout 1 dmsetup suspend m; echo "suspend rc=$?"; wait
  dmsetup message m 0 $msg; dmsetup table m
  dmsetup suspend m; dmsetup resume m; dmsetup table m
  dmsetup remove m
done
dmesg | grep -o 'device-mapper: multipath: .*'
