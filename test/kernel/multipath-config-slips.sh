#udev
# What a careless hand does to multipath.conf: braces, quotes, comments, tabs, DOS line ends, one-liners, very long lines.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
t() { echo "== $1"; multipath -t 2>/tmp/e | sed -n '/^defaults/,/^}/p' | grep -E 'polling|user_fr|no_path|alias_p'; echo "rc ${PIPESTATUS[0]}"; sed 's/^[0-9.]* | //' /tmp/e | cut -c1-150 | sort -u; }
w() { printf "$1" > /etc/multipath.conf; }
w 'defaults { polling_interval 7 }\n'; t 'one line'
w 'defaults {\n polling_interval 7 user_friendly_names yes\n}\n'; t 'two on a line'
w 'defaults\n{\n polling_interval 7\n}\n'; t 'brace below'
w 'defaults {\n polling_interval "7"\n user_friendly_names "yes\n}\n'; t 'open quote'
w 'defaults {\n polling_interval = 7\n}\n'; t 'equals'
w 'defaults {\n polling_interval 7; # seven\n no_path_retry 5 # five\n !user_friendly_names yes\n}\n'; t 'comments'
w 'defaults {\r\n polling_interval 7\r\n}\r\n'; t 'DOS'
w '\tdefaults\t{\n\t\tpolling_interval\t\t7\n\t}\n'; t 'tabs'
w 'DEFAULTS {\n polling_interval 7\n}\n'; t 'upper case'
w 'defaults {\n Polling_Interval 7\n}\n'; t 'mixed case'
w 'defaults {\n polling_interval 7\n}\n}\n'; t 'one brace too many'
w 'defaults {\n polling_interval 7\n defaults {\n no_path_retry 5\n }\n}\n'; t 'nested'
w 'polling_interval 7\n'; t 'no section'
w 'defaults {\n polling_interval\n no_path_retry ""\n alias_prefix "a b"\n}\n'; t 'no value'
w 'defaults {\n polling_interval 7 7 7\n alias_prefix a"b"c\n}\n'; t 'more values'
w ""; t empty; printf "\0\1\2\n" > /etc/multipath.conf; t binary
