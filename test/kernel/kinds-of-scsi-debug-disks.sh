# scsi_debug's removable and dsense: what the disk says, and how its errors read in the log.
try() {
  echo "== $*"; local n; n=$(dmesg | wc -l)
  modprobe scsi_debug dev_size_mb=8 vpd_use_hostno=0 delay=0 "$@"; echo "rc=$?"; sleep 0.5
  if [ -b /dev/sda ]; then
    echo "$(cat /sys/block/sda/{size,removable,ro,events,events_poll_msecs} | xargs) $(cat /sys/bus/pseudo/drivers/scsi_debug/{removable,dsense,fake_rw} | xargs)"
    lsblk -dn -o NAME,RM,HOTPLUG,RO,SIZE,TYPE; sg_inq /dev/sda | sed -n 2p
    printf 'hello there' | dd of=/dev/sda bs=512 conv=sync oflag=direct status=none; echo "write $?"
    dd if=/dev/sda bs=512 count=1 iflag=direct status=none | head -c 11 | od -An -c
    dd if=/dev/sda of=/dev/null bs=512 skip=$((0x1234)) count=1 iflag=direct status=none; echo "bad sector $?"
    echo 3 > /sys/bus/pseudo/drivers/scsi_debug/every_nth; echo 0 > /sys/bus/pseudo/drivers/scsi_debug/every_nth
    dmsetup create d --table "0 16384 linear /dev/sda 0"; cat /sys/block/dm-0/removable /sys/block/dm-0/discard_alignment | xargs; dmsetup remove d
  fi
  dmesg | tail -n +$((n + 1)) | sed 's/^\[[^]]*\] //; s/tag#[0-9]*/tag/' | grep -E '^sd .*(Attached SCSI|tag)|every_nth'
  [ -e /sys/module/scsi_debug ] && rmmod scsi_debug
}
try; try removable=1; try dsense=1 opts=2; try removable=1 strict=1 host_lock=1; try removable=x; try removable=n dsense=0
modprobe scsi_debug dev_size_mb=8 sector_size=4096 physblk_exp=1 lowest_aligned=1 delay=0; cat /sys/block/sda/{alignment_offset,discard_alignment} | xargs
