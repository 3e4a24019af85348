# delay holds I/O and counts it; a suspend, with or without flush, submits it at once.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8192 delay 1:0 0 200 1:0 0 30000"
w() { ( dd if=/dev/zero of=/dev/mapper/d bs=4096 seek=$1 count=1 oflag=direct status=none; echo "write rc=$?" ) & }
for opt in "" --noflush; do
  w 0; w 1; sleep 1; dmsetup status d
  a=$SECONDS; dmsetup suspend $opt d; wait
  [ $((SECONDS - a)) -lt 10 ] && echo "early"
  dmsetup status d; dmsetup resume d
done
dd if=/dev/mapper/d of=/dev/null bs=4096 count=1 iflag=direct status=none; echo "read rc=$?"
dmsetup status d
dmsetup create n --table "0 8192 delay 1:0 0 0"; dd if=/dev/zero of=/dev/mapper/n bs=4096 count=4 oflag=direct status=none; echo "rc=$?"
