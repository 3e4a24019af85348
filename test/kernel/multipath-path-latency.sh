#udev
# prio path_latency: how long reads take, as a logarithm; its arguments; what a wrong one does.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0 ndelay=4000000
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
for a in '' 'io_num=20 base_num=10' 'io_num=20 base_num=2' 'base_num=10 io_num=20' 'io_num=19 base_num=10' 'io_num=20 base_num=11' 'io_num=20'; do
  echo "--- $a"
  printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n detect_prio no\n prio path_latency\n prio_args "%s"\n}\n' "$a" > /etc/multipath.conf
  multipath -v2 > /tmp/o 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/o | grep -v '[|`]-'
  udevadm settle; multipath -ll 2>&1 | grep -o 'prio=.*' 
  multipath -F; udevadm settle; sleep 1
done
multipathd; sleep 4; udevadm settle; sleep 4; multipathd show paths format '%d %p %t'
