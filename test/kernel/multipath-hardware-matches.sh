#udev
# Devices against the hardware table: entries that name arrays which are built in, regular expressions, show config hwtable.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
w() { printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\ndevices {\n$1}\n" > /etc/multipath.conf; }
t() { echo "--- $1"; multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'hwtable|regcomp|setting: storage|setting: multipath.conf|device config|invalid|line' | sort | uniq -c; }
w ' device {\n vendor "Linux"\n product "scsi_debug"\n revision "0191"\n no_path_retry 9\n }\n'; t revision
w ' device {\n vendor "Linux"\n product "scsi_debug"\n revision "9999"\n no_path_retry 9\n }\n'; t 'other revision'
w ' device {\n vendor "(Linux|FreeBSD)"\n product ".*"\n path_grouping_policy group_by_serial\n }\n device {\n vendor "Linux"\n product "scsi_debug"\n failback 4\n }\n'; t 'two match'
w ' device {\n vendor "LINUX"\n product "scsi_debug"\n failback 4\n }\n'; t 'case'
w ' device {\n vendor "Linux"\n product "scsi"\n failback 4\n prio emc\n path_checker rdac\n }\n'; t 'part of the name'
w ' device {\n vendor "Lin[ux"\n product "scsi_debug"\n failback 4\n }\n'; t 'bad expression'
w ' device {\n vendor "NETAPP"\n product "LUN.*"\n no_path_retry 5\n }\n'; multipath -t 2>/dev/null | sed -n '/NETAPP/,/}/p' | head -40
multipath -t 2>/dev/null | grep -c 'device {'
w ' device {\n vendor "NETAPP"\n product "LUN"\n no_path_retry 5\n }\n device {\n vendor "DGC"\n product ".*"\n product_blacklist "none"\n hardware_handler "0"\n }\n'; multipath -t 2>/dev/null | grep -n -A12 -E '"NETAPP"|"DGC"' | head -60
