#udev
# Mistakes in multipath.conf, one by one: values, words, braces, quotes, names of plugins that are not there.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
try() { echo "--- $1"; multipath -v2 -d 2>&1 | sed 's/^[0-9.]* | /T | /'; }
w() { printf "$1" > /etc/multipath.conf; }
w 'defaults {\n find_multipaths maybe\n}\n'; try maybe
w 'defaults {\n polling_interval 0\n no_path_retry -3\n failback -1\n}\n'; try negative
w 'defaults {\n polling_interval abc\n fast_io_fail_tmo x\n dev_loss_tmo y\n}\n'; try letters
w 'defaults {\n path_selector\n no_path_retry 5 6\n}\n'; try 'missing and many'
w 'defaults {\n path_selector "nonsense 0"\n}\n'; try selector
w 'defaults {\n path_grouping_policy bynobody\n}\n'; try policy
w 'defaults {\n prio nonsense\n detect_prio no\n}\n'; try prio
w 'defaults {\n path_checker nonsense\n detect_checker no\n}\n'; try checker
w 'default {\n find_multipaths no\n}\n'; try 'default'
w 'defaults\n{\n find_multipaths no\n}\n'; try 'brace below'
w 'defaults { find_multipaths no }\n'; try 'one line'
w 'defaults {\n find_multipaths no\n'; try 'not closed'
w 'defaults {\n}\n}\n'; try 'closed twice'
w 'defaults {\n find_multipaths "no\n}\n'; try 'quote'
w 'defaults {\n find_multipaths no # why\n ! user_friendly_names yes\n}\n'; try comments
w 'multipaths {\n multipath {\n alias x\n }\n}\n'; try 'no wwid'
w 'devices {\n device {\n no_path_retry 5\n }\n}\n'; try 'no vendor'
w 'blacklist {\n devnode "sd["\n}\n'; try 'bad regex'
w 'blacklist {\n wwid\n devnode sdq extra\n}\n'; try 'blacklist args'
w 'defaults {\n find_multipaths no\n}\ndefaults {\n user_friendly_names yes\n find_multipaths no\n}\n'; try 'twice'
w 'overrides {\n alias x\n no_path_retry 4\n protocol {\n type "scsi:foo"\n fast_io_fail_tmo 5\n }\n}\n'; try overrides
w 'defaults {\n verbosity 9\n max_fds 5x\n uxsock_timeout 10\n}\n'; try numbers
w 'defaults {\n dev_loss_tmo infinity\n fast_io_fail_tmo off\n eh_deadline off\n}\n'; try words
w 'defaults {\n rr_min_io 0\n rr_weight heavy\n flush_on_last_del maybe\n}\n'; try more
