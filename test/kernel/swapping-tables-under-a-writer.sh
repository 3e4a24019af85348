# A writer goes on while the table is swapped between paths with noflush suspends: nothing fails, nothing is lost.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create p --table "0 8192 linear 1:0 0"; dmsetup create q --table "0 8192 linear 1:0 0"
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
seq 1 200000 > /tmp/in; truncate -s 1M /tmp/in
( for ((i = 0; i < 64; i++)); do dd if=/tmp/in of=/dev/mapper/m bs=16k skip=$i seek=$i count=1 oflag=direct status=none || echo "FAILED $i"; done; echo "written" ) & w=$!
for n in 1 0 1 0 1; do
  dmsetup suspend --noflush m
  dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:$n 1"
  sleep 0.2; dmsetup resume m
  dmsetup message m 0 fail_path 254:$n; sleep 0.2; dmsetup message m 0 reinstate_path 254:$n
done
wait $w; dmsetup table m
dd if=/dev/mapper/m of=/tmp/out bs=1M count=1 iflag=direct status=none; cmp /tmp/in /tmp/out && echo same
