# The directory of a hardware queue: its attributes, and a directory for each processor that feeds it.
modprobe scsi_debug dev_size_mb=8
cd /sys/block/sda/mq
ls
ls 0
ls -ld 0/cpu0 | cut -c1-10
ls 0/cpu0
[ -d 0/cpu0 ] && echo directory
[ -L 0/cpu0 ] || echo "no link"
cat 0/cpu_list
