# Resuming a running device into a new table flushes unless --noflush is given: queued I/O fails although the new table has paths.
modprobe brd rd_nr=2 rd_size=4096
for opt in "" --noflush; do
  dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
  dmsetup message m 0 fail_path 1:0
  ( dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo "write rc=$?" ) > /tmp/w 2>&1 & sleep 1
  dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:1 1"
  dmsetup resume $opt m; echo "resume $opt rc=$?"
  wait; cat /tmp/w; dmsetup table m; dmsetup status m; dmsetup remove m
done
