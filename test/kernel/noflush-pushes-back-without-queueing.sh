# A noflush suspend pushes back what fails even without queue_if_no_path; resume fails it, or a new table completes it.
modprobe brd rd_nr=2 rd_size=4096
dmsetup create low --table "0 8192 linear 1:0 0"
dmsetup create slow --table "0 8192 delay 254:0 0 2000"
for new in same other; do
  echo "-- $new table"
  dmsetup load low --table "0 8192 linear 1:0 0"; dmsetup resume low
  dmsetup create m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 254:1 1"
  ( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) & sleep 0.5
  dmsetup load low --table "0 8192 error"; dmsetup resume low
  dmsetup suspend --noflush m; echo "suspend rc=$?"
  dmsetup status m
  [ $new = other ] && dmsetup load m --table "0 8192 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:1 1"
  sleep 1; echo "resuming"
  dmsetup resume m; wait
  dmsetup status m
  dmsetup remove m
done
