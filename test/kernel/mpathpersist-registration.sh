#udev
# mpathpersist on a disk without persistent reservations: what each command says, with a key in the configuration and without.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
p() { echo "> $*"; mpathpersist "$@" > /tmp/o 2>&1; echo "rc=$?"; sed 's/^[0-9.]* | //' /tmp/o | head -n 12; }
p -i -k /dev/dm-0
multipathd
sleep 3; udevadm settle; sleep 3
p -i -k /dev/mapper/mpatha; p -i -k /dev/dm-0; p -i -r /dev/mapper/mpatha; p -i -c /dev/mapper/mpatha; p -i -s /dev/mapper/mpatha
p -o -G -S 0xabc /dev/mapper/mpatha; p -o -I -S 0xabc /dev/mapper/mpatha
p -o -R -K 0xabc -T 5 /dev/mapper/mpatha; p -o -L -K 0xabc -T 5 /dev/mapper/mpatha; p -o -C -K 0xabc /dev/mapper/mpatha
p -o -P -K 0xabc -S 0xabd -T 5 /dev/mapper/mpatha
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n reservation_key 0xabc\n}\n' > /etc/multipath.conf
multipathd reconfigure; sleep 4
p -o -G -S 0xabc /dev/mapper/mpatha; p -o -G -S 0xabd /dev/mapper/mpatha; multipathd getprkey map mpatha; multipathd getprstatus map mpatha; echo
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n reservation_key file\n}\n' > /etc/multipath.conf
multipathd reconfigure; sleep 4
p -o -G -S 0xabe /dev/mapper/mpatha; multipathd getprkey map mpatha; multipathd getprstatus map mpatha; echo
grep -v '^#' /etc/multipath/prkeys
p -o -R -K 0xabe -T 5 /dev/mapper/mpatha
p /dev/mapper/mpatha; p -i /dev/mapper/mpatha; p -o /dev/mapper/mpatha; p -i -o -k /dev/mapper/mpatha; p -i -k -r /dev/mapper/mpatha; p -o -R -G /dev/mapper/mpatha
p -i -k; p -i -k /dev/sda; p -i -k /dev/nosuch; p -i -k mpatha; p -o -G /dev/mapper/mpatha; p -o -R -T 5 /dev/mapper/mpatha; p -i -k -H /dev/mapper/mpatha; p -z; p -v 1 -i -k /dev/mapper/mpatha; p -v x -i -k /dev/mapper/mpatha; p; p -o -G -S xyz /dev/mapper/mpatha; p -o -G -K g /dev/mapper/mpatha; p -o -R -T zz /dev/mapper/mpatha; p -l 9999 -i -k /dev/mapper/mpatha; p -i -k /dev/mapper/mpatha a b; p --in --read-keys --device=/dev/mapper/mpatha; p --read-k -i /dev/mapper/mpatha; p -i -G -S 0x1 /dev/mapper/mpatha; p -o -k /dev/mapper/mpatha
printf 'mpathpersist -i -k /dev/mapper/mpatha\n# a comment\n\n-o -G -S 0xabe /dev/mapper/mpatha # more\n-i\n-f x\n' > /tmp/batch; p -f /tmp/batch; p -v 2 -f /tmp/batch; p -f /tmp/nosuch; p -f /tmp/batch -f /tmp/batch
for d in sda sdb; do echo offline > /sys/block/$d/device/state; done; sleep 3
p -i -k /dev/mapper/mpatha; p -v 2 -i -k /dev/mapper/mpatha; p -o -G -S 0xabe /dev/mapper/mpatha; p -v 2 -o -R -K 0xabe -T 5 /dev/mapper/mpatha; p -o -L -K 0xabe -T 5 /dev/mapper/mpatha
multipathd shutdown; sleep 2; p -o -I -S 0xabf /dev/mapper/mpatha
