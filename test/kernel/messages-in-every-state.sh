# Each message that a multipath map knows, and mistakes in them, to a map without a table, with an inactive one, live, suspended, and of another target.
modprobe brd rd_nr=3 rd_size=4096
msg() { local out; out=$(dmsetup message "$1" 0 "${@:2}" 2>&1); echo "  ${*:2} -> $? $(head -1 <<<"${out##*: }")"; }
all() {
  echo "-- $1"
  msg m fail_path 1:0; msg m reinstate_path 1:0; msg m disable_group 1; msg m enable_group 1
  msg m switch_group 2; msg m switch_group 0; msg m queue_if_no_path; msg m fail_if_no_path
  msg m switch_group 1024; msg m switch_group 1x; msg m fail_path /dev/ram0; msg m fail_path ram0; msg m fail_path 1:2
  msg m fail_path; msg m 'fail_path 1:0 1:1'; msg m FAIL_PATH 1:1; msg m Switch_Group 1; msg m disable_group -1
  msg m @cancel_deferred_remove; msg m @nothing; msg m ''
  echo "  events $(dmsetup info -c --noheadings -o events m) suspended $(dmsetup info -c --noheadings -o suspended m)"
}
all "no device"
dmsetup create m --notable; all "no table"
dmsetup load m --table "0 8192 multipath 2 queue_mode bio 0 2 1 round-robin 0 1 1 1:0 1 queue-length 0 1 1 1:1 1"; all "inactive table"
dmsetup resume m; all "live"
dmsetup status m
dmsetup suspend m; all "suspended"
dmsetup status m
dmsetup load m --table "0 8192 zero"; all "suspended, zero loaded"
dmsetup resume m; all "zero is live"
dmsetup suspend --noflush m; dmsetup load m --table "0 4096 linear 1:0 0
4096 4096 multipath 2 queue_mode bio 0 1 1 round-robin 0 1 1 1:1 1"; dmsetup resume m; echo "rc=$?"
dmsetup table m
msg m fail_path 1:1
for s in 0 4095 4096 8191 8192 x -1; do dmsetup message m $s fail_path 1:1; echo "sector $s rc=$?"; done 2>&1 | grep -v '^$'
dmesg | sed -n 's/.*device-mapper: //p' | sort | uniq -c | sort -k1,1nr -k2 | sed 's/^ *//'
