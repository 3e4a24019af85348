# What /sys, /proc/partitions and /proc/devices say about maps.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create m -u UU-m --table "0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create l --table "0 100 linear 254:0 0"
cd /sys/block
for f in dm/name dm/uuid dm/suspended dm/use_blk_mq size ro dev removable queue/logical_block_size queue/rotational; do echo "$f: $(cat dm-0/$f) | $(cat dm-1/$f)"; done
ls dm-0/slaves dm-1/slaves sda/holders dm-0/holders; ls dm-0/dm
dmsetup suspend m; cat dm-0/dm/suspended; dmsetup resume m; dmsetup rename m mm; cat dm-0/dm/name
awk '/dm-|sd/ {print $1, $2, $3, $4}' /proc/partitions | sort; grep -E 'device-mapper| sd$' /proc/devices
ls /sys/block | grep -v loop; ls -l /dev/mapper | awk '{print $1, $5, $6, $NF}' | cut -c1-22
cat sda/device/state sda/device/vendor sda/device/model sda/device/type; cat /sys/class/scsi_host/host0/proc_name
