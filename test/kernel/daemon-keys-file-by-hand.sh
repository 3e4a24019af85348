#udev
# The file of reservation keys is changed by hand under the daemon; zeroes in sections that others would fill.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w=$(udevadm info -q property -n /dev/sda | sed -n "s/^ID_SERIAL=//p")
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n reservation_key file\n max_sectors_kb 512\n}\nmultipaths {\n multipath {\n  wwid %s\n  max_sectors_kb 0\n }\n}\n' "$w" > /etc/multipath.conf
multipathd; sleep 3; udevadm settle; sleep 1
multipath -ll
cat /sys/block/sda/queue/max_sectors_kb /sys/block/dm-0/queue/max_sectors_kb
keys() { grep -v '^#' /etc/multipath/prkeys; }
multipathd getprkey map mpatha
multipathd setprkey map mpatha key 0xabc123; keys
multipathd getprkey map mpatha
echo "-- changed by hand"
sed -i 's/abc123/def456/' /etc/multipath/prkeys; keys
multipathd getprkey map mpatha
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
echo "-- taken away by hand"
rm /etc/multipath/prkeys
multipathd getprkey map mpatha
cat /etc/multipath/prkeys 2>&1 | grep -v '^#'
multipathd unsetprkey map mpatha; keys
multipathd getprkey map mpatha
multipathd setprkey map mpatha key 77; keys
multipathd getprkey map mpatha
echo "-- two lines for one map, and garbage"
printf '0x1 %s\n0x2 %s\nzz %s\n' "$w" "$w" "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
multipathd setprkey map mpatha key 0x99:aptpl; cat /etc/multipath/prkeys
multipathd getprkey map mpatha
printf '# prkeys 123456789 abcdef\nzz %s\n' "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
multipathd unsetprkey map mpatha; cat /etc/multipath/prkeys
multipathd getprkey map mpatha
printf '# prkeys 123456789 abcdef\n0X0123456789abcdef1:APTPL %s\n' "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
printf '# prkeys 123456789 abcdef\n  0x5  %s\n' "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
printf '# prkeys 123456789 abcdef\n0x5:aptpl %s' "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
multipathd setprkey map mpatha key 0x6; cat /etc/multipath/prkeys
printf '# prkeys 123456789 abcdef\n0x5:aptpl %s and more\n' "$w" > /etc/multipath/prkeys
multipathd reconfigure; sleep 2
multipathd getprkey map mpatha
