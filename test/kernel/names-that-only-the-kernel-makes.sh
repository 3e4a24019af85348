# What a script can't make, remove or write in /proc and /sys.
{ echo x > /proc/nosuch; mkdir /proc/x; rm /proc/version; touch /proc/version; echo x > /proc/version; echo 1 > /proc/sys/vm/nosuch; mkdir /proc/sys/x; echo x > /proc/sys/kernel/ostype; cat /proc/sys/kernel/nosuch; } 2>&1
{ mkdir /sys/x; touch /sys/x; mkdir /sys/block/x; echo x > /sys/block/x; rm /sys/block/loop0; ln -s /tmp /sys/x; echo 1 > /sys/block/loop0/nosuch; } 2>&1
ls /proc/sys /proc/sys/dev /proc/sys/dev/scsi; ls /proc/sys/kernel /proc/sys/vm | wc -l; echo /proc/sys/vm/dirty_*; cat /proc/sys/kernel/random/poolsize /proc/sys/kernel/random/entropy_avail
cat /proc/sys/kernel/random/uuid | sed 's/[0-9a-f]/x/g'; [ "$(cat /proc/sys/kernel/random/boot_id)" = "$(cat /proc/sys/kernel/random/boot_id)" ] && echo "one boot"; [ "$(cat /proc/sys/kernel/random/uuid)" = "$(cat /proc/sys/kernel/random/uuid)" ] || echo "two uuids"
cat /proc/sys/kernel/hung_task_panic /proc/sys/kernel/tainted /proc/sys/vm/laptop_mode /proc/sys/fs/aio-max-nr /proc/sys/dev/scsi/logging_level
cat /proc/filesystems /proc/misc /proc/mounts; cat /proc/partitions; grep -A 40 '^Char' /proc/devices; cut -d' ' -f1-5 /proc/modules
for p in /sys/module/{loop,scsi_mod}/parameters/*; do echo "${p#/sys/module/} $(cat $p)"; done; ls -d /sys/module/printk /sys/module/kernel /sys/class/mem /sys/kernel/uevent_seqnum /sys/bus/scsi/drivers_probe
