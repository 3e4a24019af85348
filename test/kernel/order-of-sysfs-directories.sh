# sysfs lists a directory by the hashes of its names, which find, grep -r and ls -U show; globs are sorted.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 vpd_use_hostno=0 delay=0 num_parts=1; modprobe brd rd_nr=2 rd_size=64
dmsetup create m -u U-m --table "0 8 linear /dev/ram0 0"; dmsetup create n --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 /dev/sda 1"
grep -r . /sys/block/dm-0/dm /sys/block/dm-1/dm; ls -U /sys/block/dm-0 /sys/block/dm-0/queue /sys/block/sda /sys/block/sda/sda1 /sys/block/sda/device | xargs -n 8
ls -U /sys/block /sys/class/block /sys/class /sys/class/scsi_host/host0 /sys/class/scsi_disk/0:0:0:0 | xargs -n 8; ls -U /sys/bus/pseudo/drivers/scsi_debug /sys/module/dm_mod/parameters /sys/module/scsi_debug/parameters /sys/devices/virtual/block | xargs -n 8
find /sys/block/dm-1/slaves /sys/block/sda/holders /sys/block/sda/queue/iosched /sys/block/sda/mq /sys/block/dm-1/trace /sys/block/sda/integrity; find /sys/devices/pseudo_0 -maxdepth 4 -type d; find /sys/block/sda/ -maxdepth 2 -name '*size*'
grep -rs -m 1 . /sys/block/dm-0/queue | head -n 12; for f in /sys/block/dm-0/dm/*; do echo $f; done; find /sys/class/scsi_disk/ /sys/class/scsi_generic/ /sys/dev/block/ -name '[0-9s]*' | xargs -n 4
