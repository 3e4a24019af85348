#udev
# multipath -c under each find_multipaths, with -i and without: which disks are paths, which may become some, which are not.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
check() { for d in sda sdb; do multipath $2 -c /dev/$d > /tmp/o 2>&1; echo "rc=$?"; sed 's/="[1-9][0-9]*[.].*/="N"/' /tmp/o; done; rm -f /dev/shm/multipath/find_multipaths/*; }
for t in 5 0 -1 1; do
  printf 'defaults {\n user_friendly_names yes\n find_multipaths smart\n find_multipaths_timeout %s\n}\n' $t > /etc/multipath.conf
  echo "--- $t"; check "$t"
done
echo "--- -i"; printf 'defaults {\n find_multipaths strict\n}\n' > /etc/multipath.conf; check strict; check strict -i
printf 'defaults {\n find_multipaths on\n}\n' > /etc/multipath.conf; check on; check on -i
printf 'defaults {\n find_multipaths off\n}\n' > /etc/multipath.conf; check off; check off -i
printf 'defaults {\n find_multipaths greedy\n}\n' > /etc/multipath.conf; check greedy; check greedy -i
printf 'defaults {\n find_multipaths smart\n}\nblacklist {\n devnode sdb\n}\n' > /etc/multipath.conf; check black
