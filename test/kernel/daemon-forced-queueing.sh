#udev
# forcequeueing daemon and back, with queue_without_daemon no and yes: what show config says, what a reconfiguration leaves, what the end of the daemon leaves.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
up() { multipathd; sleep 4; udevadm settle; sleep 4; }
c() { echo "$1: $(multipathd show config local | grep queue_without)"; }
for q in no yes; do
  printf "defaults {\n user_friendly_names yes\n find_multipaths no\n no_path_retry queue\n queue_without_daemon $q\n}\n" > /etc/multipath.conf
  up; c "$q"; multipathd restorequeueing daemon; c restored; multipathd forcequeueing daemon; c forced
  multipathd reconfigure; sleep 3; c reconfigured; multipathd forcequeueing daemon; multipathd restorequeueing daemon; c 'there and back'
  multipathd forcequeueing daemon; multipathd shutdown; sleep 2; dmsetup table mpatha | cut -d' ' -f3-5; multipath -F; udevadm settle
done
