# sysctl and free: the settings of the kernel, and its memory.
sysctl vm.dirty_ratio vm.dirty_background_ratio; sysctl -n vm.dirty_expire_centisecs vm.dirty_writeback_centisecs
sysctl -w vm.dirty_expire_centisecs=200; sysctl vm.dirty_expire_centisecs; sysctl vm.dirty_expire_centisecs=3000 > /dev/null
sysctl -q -w vm.drop_caches=3; echo rc=$?; sysctl vm/swappiness; sysctl kernel.ostype kernel.printk kernel.hung_task_timeout_secs
sysctl -w kernel.hung_task_timeout_secs=30; cat /proc/sys/kernel/hung_task_timeout_secs; sysctl -N vm.swappiness; sysctl -b vm.swappiness; echo
sysctl no.such.key; echo rc=$?; sysctl -e no.such.key; echo rc=$?; sysctl -w no.such.key=1; echo rc=$?; sysctl -w vm.swappiness; echo rc=$?; sysctl kernel.hung_task_timeout_secs=abc; echo rc=$?; sysctl -w kernel.ostype=x; echo rc=$?; sysctl -z 2>&1 | head -3; sysctl -n; echo rc=$?; sysctl 'vm.dirty_*'
free | head -n 1; free -m | awk '{print NR, NF, $1}'; free -h | awk 'NR>1{print $1}'; free -k -t | awk '{print $1}'; free -w | head -1; free -l | cut -d: -f1; free -x 2>&1 | head -3; free | awk '/Mem/{print ($2 == $3 + $7)}'; uptime | grep -c 'load average'; free -b | awk 'NR==2{print length($2)}'
