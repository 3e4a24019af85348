#udev
# Formats of show paths and of show path, raw and padded; how an object is named in them; wildcards that nobody knows.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n path_grouping_policy multibus\n polling_interval 30\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 4
echo offline > /sys/block/sdb/device/state
sleep 1
multipathd show paths format "%d|%t|%T|%o|%m"
multipathd show paths raw format "%d;%i;%D;%p"
multipathd show paths raw format '{"dev":"%d","hcil":"%i","st":"%T"}'
multipathd show paths format "%d %c %z %s %P %I"
multipathd show paths raw format "%w %d" | sort | uniq -c
multipathd show paths raw format "%d %N %n %R %r %a %L %S %0"
multipathd show paths format "%C %d" | cut -c1-6
multipathd show path sdb format "%d %t %T"
multipathd show path sda raw format "%d is %t"
multipathd show path nosuch format "%d"; echo rc=$?
multipathd show path 8:16; echo rc=$?
multipathd show path 8:16 format "%d %D"; echo rc=$?
multipathd list path sdc format '%d'
multipathd show maps raw format "%n:%N:%0:%x:%Q:%F"
multipathd show maps format "%n %Z %y %d"
multipathd show multipaths format "%s %v %p %e %S"
multipathd show groups; echo rc=$?
multipathd show devices | head -5
multipathd show path sda wwid; echo rc=$?
