# Some programs tell the kernel that they will read all of their input, which is then read twice as far ahead.
modprobe brd rd_nr=1 rd_size=1024
dmsetup create d --table "0 2048 linear 1:0 0"
b() { awk '{print $1, $3}' /sys/block/dm-0/stat; }
seq 1 200000 | dd of=/dev/mapper/d bs=1M iflag=fullblock status=none 2>/dev/null
t() { local x y; x=($(b)); "$@" > /dev/null 2>&1; y=($(b)); echo "$1: $((y[0]-x[0])) reads, $((y[1]-x[1])) sectors"; }
for p in cat md5sum sha256sum wc "wc -l" "wc -c" "cut -c1" sort uniq "head -c 512k" "head -n 1" "tail -c 100" "tail -n 1" "paste" nl "fold" "od" "grep -c x" "sed -n p" "cmp /dev/ram0" "dd bs=64k if=" "dd bs=4k if=" "cp -T"; do
  case $p in dd*) t $p/dev/mapper/d ;; cp*) t $p /dev/mapper/d /tmp/copy ;; *) t $p /dev/mapper/d ;; esac
done
t tr a b < /dev/mapper/d; t tee < /dev/mapper/d; t cat < /dev/mapper/d; t dd bs=4k < /dev/mapper/d
t blockdev --getsz /dev/mapper/d; x=($(b)); read -r l < /dev/mapper/d; y=($(b)); echo "read: $((y[0]-x[0])) $((y[1]-x[1]))"
