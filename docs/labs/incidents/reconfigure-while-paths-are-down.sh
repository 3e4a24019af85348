#udev
# A reconfiguration while half of the paths are down: are they forgotten?
# The story: hosts that ran "multipathd reconfigure" during an outage were said to come out of it with fewer paths.
# Source: https://github.com/xapi-project/sm/pull/274
# Look at: the table after the reconfiguration, and the paths when the outage is over.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for n in 2 3 4; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle; done
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n path_grouping_policy multibus\n no_path_retry queue\n}\n' > /etc/multipath.conf
state() { for d in sdc sdd; do echo $1 > /sys/block/$d/device/state; done; }
show() { echo "-- $1"; dmsetup table; multipathd show paths format "%d %t %T %m"; }
multipathd
sleep 3; udevadm settle; sleep 3
state offline; sleep 4
show "two paths are down"
multipathd reconfigure; sleep 5
show "reconfigured"
multipathd reconfigure all; sleep 5
show "every map loaded anew"
state running; sleep 5
show "the paths are back"
