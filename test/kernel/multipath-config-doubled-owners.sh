#udev
# Two sections for one map with mode, uid and gid: the later one takes them from the earlier one together, and zeroes one by one.
c() { printf 'multipaths {\n' > /etc/multipath.conf; for s in "$@"; do printf " multipath {\n  wwid 3aa\n  ${s//;/\\n}\n }\n"; done >> /etc/multipath.conf; echo '}' >> /etc/multipath.conf; echo "== $*" | sed 's/ \+/ /g'; multipath -t 2> /dev/null | sed -n '/^multipaths/,$p' | grep -vE '[{}]|wwid'; }
c 'gid 6' 'mode 0640'; c 'mode 0640' 'gid 6'; c 'gid 6' 'alias x'; c 'alias x' 'gid 6'; c 'gid 6' 'gid 7'; c 'gid 6;uid 5' 'uid 0'; c 'uid 0' 'mode 0600' 'gid 3'
c 'alias x' 'uid 3;mode 0600' 'gid 3;mode 0700'; c 'uid 3;mode 0600' 'alias x' 'gid 0'; c 'mode 0640;no_path_retry 5' 'uid root;failback 3'
