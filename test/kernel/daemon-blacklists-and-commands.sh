#udev
# Paths that a blacklist keeps out, by add path, by multipath with a name, by protocol and property, with exceptions; show blacklist.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\nblacklist {\n devnode "sd[ab]$"\n}\nblacklist_exceptions {\n devnode sdb\n}\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
l() { echo "-- $1"; multipathd show paths format "%d %m %t %o"; multipath -ll; }
l devnode
multipathd add path sda; echo rc=$?; multipath sda; echo rc=$?; multipath -v3 -d sda 2>&1 | sed 's/^[0-9.]* | //' | grep -i -E 'black|sda.*skip|list'
multipathd show blacklist
re() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n%s\n' "$2" > /etc/multipath.conf; multipathd reconfigure; sleep 2; udevadm settle; sleep 1; l "$1"; }
re protocol 'blacklist {
 protocol "scsi:unspec"
}'
re 'protocol, with an exception by wwid' 'blacklist {
 protocol "scsi:.*"
}
blacklist_exceptions {
 wwid ".*"
}'
re 'property' 'blacklist_exceptions {
 property "(ID_NOSUCH|ID_ALSO_NOT)"
}'
re 'device' 'blacklist {
 device {
  vendor Linux
  product ".*"
 }
}
blacklist_exceptions {
 device {
  vendor Lin
  product scsi
 }
}'
re 'device, negated' 'blacklist {
 device {
  vendor "!IBM"
 }
}'
re 'everything by wwid but one' 'blacklist {
 wwid "!1Linux"
}'
multipathd show blacklist | tail -12
re none ''
