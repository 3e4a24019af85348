#udev
# Every wildcard of show map, raw and padded; queueing turned off and on, a suspended map.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n no_path_retry 4\n failback 20\n polling_interval 30\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
for f in %n %w %d %F %Q %N %r %t %S %f %x %h %A %0 %1 %2 %3 %4 %s %v %p %e %G %g; do echo "[$f] $(multipathd show map mpatha raw format "$f")"; done
multipathd show map mpatha raw format "name=%n dev=/dev/%d paths=%N"
multipathd show map 1Linux_scsi_debug_2000 format "%n %N %f"
multipathd show map dm-0 raw format "%n|%w"; echo rc=$?
multipathd list multipath mpatha format "%n %h"
multipathd show map mpatha format ""; echo rc=$?
multipathd show map mpatha raw format "no wildcard"; echo rc=$?
multipathd show map mpatha format '%n\t%d'
echo offline > /sys/block/sda/device/state; multipathd fail path sda; sleep 2
multipathd show map mpatha raw format "%N of them, %x failures, %0 faults"
multipathd disablequeueing map mpatha; multipathd show map mpatha format "%n %Q %f"; sleep 1
multipathd restorequeueing map mpatha; multipathd show map mpatha raw format "%Q"
multipathd suspend map mpatha; multipathd show map mpatha format "%n %t"; multipathd resume map mpatha; multipathd show map mpatha raw format "%t"
