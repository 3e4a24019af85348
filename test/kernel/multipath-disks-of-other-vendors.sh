#udev
# scsi_debug under other names (inq_vendor, inq_product, inq_rev): what sysfs, udev, the log and the built-in table of arrays make of them.
printf 'defaults {\n user_friendly_names no\n find_multipaths no\n}\n' > /etc/multipath.conf
as() {
  echo "== $*"
  dmesg -c > /dev/null
  modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0 "$@" 2>/dev/null || { echo refused; dmesg | sed 's/^\[[^]]*\] //' | grep -E 'param|fit'; return; }
  udevadm settle
  dmesg | sed 's/^\[[^]]*\] //' | grep -E 'Direct|param|fit'
  (cd /sys/block/sda/device; for a in vendor model rev wwid; do echo "$(cat $a)|"; done; head -c 44 inquiry | od -An -c | sed 's/^ *//')
  (cd /sys/module/scsi_debug/parameters; cat inq_vendor inq_product inq_rev) | sed 's/$/|/'
  sg_inq /dev/sda | grep -E 'ident|revision'
  udevadm info -q property -n /dev/sda | grep -E '^(ID_VENDOR|ID_MODEL|ID_REV|ID_SERIAL|SCSI_V|SCSI_M|SCSI_REV|SCSI_IDENT_LUN|ID_WWN)'
  ls /dev/disk/by-id
  multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E '(storage device|autodetected)|^sda: (vendor|product|rev|prio|uid)|set ACT'
  multipath -v0 2>/dev/null; udevadm settle; multipath -ll 2>/dev/null; multipath -F; udevadm settle
  rmmod scsi_debug; udevadm settle
}
as inq_vendor=NETAPP inq_product=LUN inq_rev=9.11
as inq_vendor=COMPELNT 'inq_product="Compellent Vol"'
as inq_vendor=LongerThanEight
as inq_vendor=
as inq_product=
as vpd_use_hostno=1 inq_vendor=DGC inq_product=RAID
as inq_rev=12345
