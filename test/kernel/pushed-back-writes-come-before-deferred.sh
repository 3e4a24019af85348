# Queued writes are replayed at resume before writes that came during the suspend, the youngest of them first (one CPU).
modprobe brd rd_nr=2 rd_size=4096
dmsetup create m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:0 1"
for c in a b c d; do printf "$c%.0s" {1..4096} > /tmp/$c; done
w() { dd if=/tmp/$1 of=/dev/mapper/m bs=4096 seek=$2 count=1 oflag=direct status=none && echo "$1 written" > /tmp/$1.done; }
dmsetup message m 0 fail_path 1:0
w a 0 & sleep 0.7; w b 0 & sleep 0.7
dmsetup suspend --noflush m
w c 1 & sleep 0.7; w d 1 & sleep 0.7
ls /tmp/*.done 2>&1
dmsetup load m --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 1:1 1"
dmsetup resume m; wait
cat /tmp/*.done
for s in 0 1; do dd if=/dev/ram1 bs=4096 skip=$s count=1 iflag=direct status=none | head -c 4; echo; done
