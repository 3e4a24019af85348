#udev
# Flags of reservation keys that mean nothing, and a key in a multipaths section, which the daemon takes and mpathpersist does not.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n reservation_key file\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
c() { echo "> $*"; multipathd "$@"; echo " rc=$?"; }
for k in 0x5:aptpl 0x6:foo 0x7: 0x8:aptplx :aptpl 9:aptpl:aptpl; do c setprkey map mpatha key "$k"; c getprkey map mpatha; grep -v '^#' /etc/multipath/prkeys; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\nmultipaths {\n multipath {\n  wwid 1Linux_scsi_debug_2000\n  reservation_key 0xabc:foo\n }\n}\n' > /etc/multipath.conf
c reconfigure; sleep 4; c getprkey map mpatha; multipathd show config local | grep reserv
for o in '-o -G -S 0xabc' '-o -G -K 0xabc -S 1' '-o -R -K abc -T 5' '-o -R -T 5' '-o -I -S 0x1' '-o -I -S 0' '-o -C -K 5'; do echo "> $o"; mpathpersist -v2 $o /dev/mapper/mpatha 2>&1 | sed 's/^[0-9.]* | //' | head -4; done
sed -i 's/^ find/ reservation_key 0xabc\n find/' /etc/multipath.conf
for o in '-o -G -S 0xabc' '-o -G -K 0xabc -S 1' '-o -R -K abc -T 5' '-o -R -T 5' '-o -I -S 0x1' '-o -C -K 5'; do echo "> $o"; mpathpersist -v2 $o /dev/mapper/mpatha 2>&1 | sed 's/^[0-9.]* | //' | head -4; done
