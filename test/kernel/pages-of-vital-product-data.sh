# What a disk says of itself, in sysfs and by sg_rtpg; sg_turs that tells what it sends.
modprobe scsi_debug add_host=1 num_tgts=2 max_luns=2 dev_size_mb=16 delay=0; modprobe brd rd_nr=1
for d in sda sdd; do for f in /sys/block/$d/device/{vpd_pg0,vpd_pg80,vpd_pg83,vpd_pgb0,vpd_pgb1,vpd_pgb2,vpd_pgb7,inquiry}; do echo "$d ${f##*/} $(stat -c '%s %A' $f)"; od -An -tx1 $f; done; done
sg_rtpg /dev/sda; sg_rtpg -d /dev/sdd; sg_rtpg /dev/nosuch; echo $?; sg_rtpg /dev/ram0; echo $?; sg_turs -v /dev/sda; echo $?; sg_turs -v -n 2 /dev/sda; sg_turs -t /dev/sda | sed 's/[0-9.]\+ /N /g'; sg_turs -n 4 -t /dev/sda | sed 's/[0-9.]\+ /N /g'; sg_turs -n x /dev/sda 2>&1 | head -1
dmsetup create mp --table "0 32768 multipath 0 0 1 1 round-robin 0 1 1 8:16 1"; sg_rtpg -d /dev/mapper/mp; echo $?; sg_turs -v /dev/mapper/mp; echo $?; echo offline > /sys/block/sda/device/state; sg_rtpg /dev/sda; echo $?
