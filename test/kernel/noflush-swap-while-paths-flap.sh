# A writer on a linear map over a queueing map; paths flap, the table of the lower map is swapped by noflush suspends each time; what the writer wrote.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
tab() { echo "0 16384 multipath 1 queue_if_no_path 0 $1"; }
two="1 1 service-time 0 2 1 /dev/sda 1 /dev/sdb 1"
dmsetup create m --table "$(tab "$two")"
dmsetup create top --table "0 8192 linear /dev/mapper/m 1024"
st() { echo "-- $1"; dmsetup status; dmsetup info -c --noheadings -o name,open,attr,segments m; }
: > /tmp/w
( for i in $(seq 0 11); do printf "block %04d" $i | dd of=/dev/mapper/top bs=512 seek=$((i * 8)) count=1 conv=sync oflag=direct status=none || echo "write $i failed"; echo $i > /tmp/at; sleep 0.25; done; echo ended ) > /tmp/w 2>&1 & 
sleep 0.6; echo offline > /sys/block/sda/device/state; sleep 0.6; st 'sda away'
dmsetup suspend --noflush m; dmsetup load m --table "$(tab "1 1 service-time 0 1 1 /dev/sdb 1")"; echo offline > /sys/block/sdb/device/state; dmsetup resume m; sleep 0.6; st 'sdb away'
dmsetup suspend --noflush m; st 'suspended'
dmsetup load m --table "$(tab "0 0")" ; dmsetup resume m; sleep 0.3; st 'no path at all'
echo running > /sys/block/sda/device/state; echo running > /sys/block/sdb/device/state; dmsetup suspend --noflush m; dmsetup load m --table "$(tab "$two")"; dmsetup resume m; wait; cat /tmp/w; st 'sda back'

for i in 0 5 11; do dd if=/dev/sda bs=512 skip=$((1024 + i * 8)) count=1 status=none | tr -d '\0'; echo; done
dd if=/dev/mapper/m bs=512 skip=1024 count=96 iflag=direct status=none | tr -d '\0'; echo
dmsetup remove top; dmsetup remove m; dmsetup ls
