#udev
# How many reads udev makes of a map and of its paths: when it is made, changed, written, reloaded, flushed. A held disk keeps its pages.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
stat1() { for d in sda sdb dm-0; do [ -e /sys/block/$d/stat ] && { read -r a b c d2 e f g h < /sys/block/$d/stat; echo "$d reads=$a merged=$b sectors=$c writes=$e"; }; done; }
echo before; stat1
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
multipath -v0; udevadm settle; sleep 1
echo made; stat1
udevadm trigger --action=change /dev/dm-0; udevadm settle; sleep 1
echo change; stat1
udevadm trigger --action=add /dev/dm-0; udevadm settle; sleep 1
echo add; stat1
dmsetup suspend mpatha; dmsetup resume mpatha; udevadm settle; sleep 1
echo resumed; stat1
: > /dev/dm-0; udevadm settle; sleep 1
echo closed; stat1
dd if=/dev/zero of=/dev/dm-0 bs=4096 count=1 oflag=direct status=none; udevadm settle; sleep 1
echo written; stat1
udevadm trigger --action=change /dev/sda; udevadm settle; sleep 1
echo sda; stat1
multipath -r -v0; udevadm settle; sleep 1
echo reloaded; stat1
multipath -v2 -d >/dev/null 2>&1; sleep 1
echo dry; stat1
multipath -ll > /dev/null 2>&1; sleep 1; echo listed; stat1
multipath -F; udevadm settle; sleep 1
echo flushed; stat1
udevadm trigger --action=change /dev/sda; udevadm settle; sleep 1
echo sda; stat1
