# A task that sleeps uninterruptibly for hung_task_timeout_secs is reported; one that a signal could kill is not, nor is a
# direct write, which wakes up in time.
modprobe brd rd_nr=2 rd_size=8192
dmsetup create m --table "0 16384 linear /dev/ram0 0"
dmsetup create n --table "0 16384 linear /dev/ram1 0"
cat /proc/sys/kernel/hung_task_timeout_secs /proc/sys/kernel/hung_task_warnings
echo 10 > /proc/sys/kernel/hung_task_timeout_secs
cat /proc/sys/kernel/hung_task_timeout_secs
dmsetup suspend m
dmsetup suspend n
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none &
cat /dev/mapper/m > /dev/null &
sleep 1
dd if=/dev/zero of=/dev/mapper/n bs=4096 count=1 seek=200 conv=fsync status=none &
sleep 1
sync /dev/mapper/n &
sleep 1
blockdev --flushbufs /dev/mapper/n &
sleep 25
dmesg | grep -o 'INFO: task [a-z]*:' | sort -u
dmesg | grep -o 'blocked for more than 10 seconds.' | sort -u
dmesg | grep -A2 INFO | grep -o 'Not tainted [^ ]*' | sort -u
dmesg | grep -o '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.' | sort -u
dmesg | grep -o 'task:[a-z]* *state:D stack:0 *pid:' | sort -u
dmsetup resume m
dmsetup resume n
wait
