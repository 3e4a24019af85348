#udev
# Every show command once: wildcards, blacklist, devices, status, daemon, config of one section, raw and json variants.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n no_path_retry 5\n}\nblacklist {\n wwid nosuch\n device {\n  vendor ACME\n  product disk\n }\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
c() { echo "> $*"; multipathd "$@"; echo "rc=$?"; }
c show wildcards
c show status
c show daemon | sed 's/[0-9][0-9]*/PID/'
c show devices
c show blacklist | head -n 30
c show maps raw format "%n|%w|%d|%F|%Q|%N|%r|%t|%S|%f|%x|%h|%A|%s|%v|%p|%e"
c show paths raw format "%w|%i|%d|%D|%t|%o|%T|%s|%c|%p|%S|%z|%N|%n|%R|%r|%a|%0|%m|%P|%I|%L|%M"
c show map mpatha status
c show map mpatha stats
c show map mpatha raw topology
c show maps topology
c show topology
c show path sda
c show config local | head -n 8
c list maps
