# A map with the alua handler: groups switch by message, by failures and by state; what access_state says, who is activated, what the log says.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
modprobe scsi_dh_alua 2>/dev/null
as() { for d in sda sdb; do printf "$d %s %s %s; " "$(cat /sys/block/$d/device/access_state)" "$(cat /sys/block/$d/device/preferred_path)" "$(cat /sys/block/$d/device/dh_state)"; done; echo; }
as
dmesg -c > /dev/null
dmsetup create m --table "0 16384 multipath 3 pg_init_retries 2 pg_init_delay_msecs 100 1 alua 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1" ; echo "rc=$?"
dmsetup create m --table "0 16384 multipath 2 pg_init_retries 2 1 alua 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"; echo "rc=$?"
dmsetup table m; as
r() { dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none; echo "read $?"; sleep 0.3; dmsetup status m; }
r; dmsetup message m 0 switch_group 2; r; as
dmsetup message m 0 fail_path 8:16; r; dmsetup message m 0 reinstate_path 8:16; r
dmsetup message m 0 disable_group 1; r; dmsetup message m 0 fail_path 8:16; r; as
dmsetup message m 0 enable_group 1; dmsetup message m 0 reinstate_path 8:16; r
dmsetup suspend m; dmsetup resume m; r
dmsetup load m --table "0 16384 multipath 0 0 2 2 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"; dmsetup resume m; r; dmsetup table m
dmsetup load m --table "0 16384 multipath 1 retain_attached_hw_handler 1 rdac 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"; echo "rc=$?"; dmsetup resume m; dmsetup table m
dmsetup load m --table "0 16384 multipath 0 1 nosuch 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"; echo "rc=$?"
echo detach > /sys/block/sda/device/dh_state; echo "rc=$?"; dmsetup remove m; echo detach > /sys/block/sda/device/dh_state; echo "rc=$?"; echo nosuch > /sys/block/sda/device/dh_state; echo "rc=$?"; echo alua > /sys/block/sda/device/dh_state; as
dmesg | sed 's/^\[[^]]*\] //'
