# A flush suspend writes dirty pages back first; noflush and nolockfs do not.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 8192 linear 1:0 0"
printf 'x%.0s' {1..4096} > /tmp/x
disk() { dd if=/dev/ram0 bs=4096 skip=$1 count=1 iflag=direct status=none | od -An -c -N4; }
exec 3<> /dev/mapper/d
n=0
for opt in "" --noflush --nolockfs; do
  dd if=/tmp/x of=/dev/mapper/d bs=4096 seek=$n count=1 conv=notrunc status=none; disk $n
  dmsetup suspend $opt d; echo "suspend $opt rc=$?"; disk $n
  dmsetup resume d; sync /dev/mapper/d; disk $n; n=$((n + 1))
done
exec 3>&-
