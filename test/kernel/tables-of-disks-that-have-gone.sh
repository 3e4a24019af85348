# Disks that have gone while a map holds them: tables that name them by number are still loaded, by path not; modes, sizes, other targets and other maps.
modprobe scsi_debug vpd_use_hostno=0 add_host=2 dev_size_mb=8 per_host_store=0 delay=0 num_parts=1
S=16384
dmsetup create a --table "0 $S linear 8:0 0"; dmsetup create b --table "0 2000 linear 8:1 0"; dmsetup create -r c --table "0 2000 linear 8:1 0"
dmsetup create m --table "0 $S multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
echo 1 > /sys/block/sda/device/delete; ls /sys/block | grep sd
l() { local d=$1; shift; dmsetup load "$@" $d 2>&1; echo "load $d $*: $?"; }
l a --table "0 $S linear 8:0 0"; dmsetup resume a; dmsetup table a; l a --table "0 $S linear /dev/sda 0"; l a --table "0 100000 linear 8:0 0"; l a --table "0 8 linear 8:1 0"; l a -r --table "0 $S linear 8:0 0"; l a --table "0 $S multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup table --inactive a
l b --table "0 2000 striped 1 8 8:1 0"; l b --table "0 3000 delay 8:1 0 5"; l b --table "0 99999 linear 8:1 0"; l c --table "0 2000 linear 8:1 8"; l c -r --table "0 2000 linear 8:1 8"
l m --table "0 $S multipath 0 0 2 1 round-robin 0 1 1 8:16 1 round-robin 0 1 1 8:0 1"; dmsetup suspend m; dmsetup resume m; dmsetup status m; dmsetup message m 0 fail_path 8:0; echo "fail $?"; dmsetup message m 0 fail_path /dev/sda; echo "fail $?"; dmsetup message m 0 reinstate_path 8:0; echo "reinstate $?"; dmsetup status m; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none; echo "read $?"; dmsetup message m 0 switch_group 2; dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none; echo "read $?"; dmsetup status m
dmsetup create n --table "0 8 linear 8:0 0"; echo "create $?"; dmsetup create n --table "0 8 linear 8:16 0"; l n --table "0 8 linear 8:0 0"
l m --table "0 $S multipath 0 0 1 1 round-robin 0 1 1 8:16 1"; dmsetup suspend m; dmsetup resume m; l m --table "0 $S multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; l a --table "0 $S linear 8:16 0"; dmsetup resume a; l a --table "0 $S linear 8:0 0"; dmsetup resume b; dmsetup deps | sort; dmsetup remove_all; dmsetup ls
for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; sleep 0.5; ls /sys/block | grep sd; dmesg | sed -n 's/^\[[^]]*\] device-mapper: /k /p' | grep -v initialised
