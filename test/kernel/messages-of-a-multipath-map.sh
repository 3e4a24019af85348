# Messages right and wrong: to a map without a table, suspended, to other sectors, with words too many, in capitals; the log and the events.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
modprobe brd rd_nr=1 rd_size=8192
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
dmesg -c > /dev/null
m() { echo "\$ message $*"; dmsetup message "$@"; echo "rc=$?"; }
ev() { dmsetup info -c --noheadings -o name,events; }
dmsetup create empty --notable
m empty 0 fail_path 8:0
dmsetup create m --table "0 8192 multipath 0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1
8192 8192 linear 1:0 0"
dmsetup create l --table "0 8192 multipath 0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"
m l 0 fail_path 8:0; m l 0 fail_path /dev/sda; m l 0 fail_path sda; m l 0 fail_path 8:32; m l 0 fail_path; m l 0 fail_path 8:0 8:16
m l 0 FAIL_PATH 8:16; m l 0 Reinstate_Path 8:0; m l 0 reinstate_path 8:16
m l 0 switch_group 2; m l 0 switch_group 0; m l 0 switch_group 3; m l 0 switch_group; m l 0 switch_group two; m l 0 switch_group 2x; m l 0 switch_group -1
m l 0 disable_group 1; m l 0 enable_group 1; m l 0 enable_group 9
m l 0 queue_if_no_path; m l 0 queue_if_no_path 1; m l 0 fail_if_no_path; m l 0 nosuch; m l 0 nosuch arg; m l 0 ''; m l 0
m l 8191 queue_if_no_path; m l 8192 fail_if_no_path; m l 99999 fail_if_no_path; m l -1 fail_if_no_path; m l x fail_if_no_path
m l @cancel_deferred_remove; m l 0 @nosuch; m l 0 @cancel_deferred_remove; m l 0 @stats_list; m nosuch 0 fail_path 8:0
ev; dmsetup status l; dmsetup suspend l; m l 0 fail_path 8:0; m l 0 queue_if_no_path; m l 0 reinstate_path 8:0; dmsetup status l; dmsetup table l; dmsetup resume l; dmsetup table l
ev; dmesg | sed 's,^[^]]*] ,,' | grep 'multipath: 2\|ioctl: \|table: '
