#udev
# Sizes halfway between two that a listing can show, and disks that do not say who made them or what they are.
try() {
  echo "== $*"
  modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 vpd_use_hostno=0 per_host_store=0 "$@"
  udevadm settle
  multipath -v0 2>/dev/null
  udevadm settle
  multipath -ll 2>/dev/null
  cat /sys/block/sda/size
  multipathd; sleep 2
  multipathd show maps format '%S|%s|%v|%p|%e|'
  multipathd show maps raw format '%S|%s|%v|%p|%e|'
  multipathd show paths raw format '%S|%s|'
  multipathd show maps json | grep -E '"(vend|prod|rev)"'
  multipathd shutdown; sleep 2
  multipath -F
  udevadm settle
  rmmod scsi_debug
  rm -f /etc/multipath/wwids
}
mkdir -p /etc/multipath
printf 'defaults {\n find_multipaths no\n user_friendly_names yes\n}\n' > /etc/multipath.conf
try virtual_gb=1280
try virtual_gb=10752
try virtual_gb=12800
try inq_vendor=
try inq_product=
try inq_rev=
