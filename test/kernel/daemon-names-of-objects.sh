#udev
# How commands may name a map and a path: alias and dm-N, never the WWID; what libdevmapper makes of a path below /dev.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\nmultipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  alias data\n }\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
for n in data dm-0 /dev/dm-0 /dev/mapper/data mapper/data 1Linux_scsi_debug_2000 253:0 dm-00 dm-0x mpatha; do
  echo "[$n]"
  multipathd show map $n format "%n"
  multipathd getprstatus map $n; echo
  multipathd reload map $n
  multipathd reset map $n stats
  multipathd disablequeueing map $n
  multipathd suspend map $n
  multipathd resume map $n
  multipathd switch map $n group 1
done
for p in sda /dev/sda 8:0 /dev/8:0 block/sda SDA; do
  echo "[$p]"
  multipathd show path $p
  multipathd fail path $p
  multipathd reinstate path $p
  multipathd setmarginal path $p
  multipathd unsetmarginal path $p
  multipathd add path $p
done
multipathd del path /dev/sdb; multipathd add path /dev/sdb
multipathd del map /dev/mapper/data; multipathd del map 1Linux_scsi_debug_2000; multipathd show maps
multipathd add map 1Linux_scsi_debug_2000; multipathd show maps
