#udev
# How often udev reads a map to find out what is on it: maps of 4 KiB to 64 MiB.
modprobe brd rd_nr=1 rd_size=65536
try() {
  dmsetup create whole --table "0 $1 linear /dev/ram0 0"; udevadm settle; sleep 1
  read -r a b c rest < /sys/block/dm-0/stat; echo "$1 sectors: reads=$a merged=$b sectors=$c"
  dmsetup remove whole; udevadm settle
}
for s in 8 16 64 128 256 1024 2048 2880 4096 8192 16384 20480 65536 131072; do try $s; done
