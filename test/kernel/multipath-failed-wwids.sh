#udev #fs
# A map that can't be made, since somebody else has a path: its WWID is put down as failed until it can, which -c, udev and the daemon heed.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
failed() { echo "failed: $(cd /run/multipath/failed_wwids 2>/dev/null && stat -c '%n %a %s %h' *)"; }
props() { for d in sda sdb; do udevadm info -q property -n /dev/$d | grep -E 'DM_MULTIPATH|SYSTEMD_READY'; done; }
run() { multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'failed:|failed to|error|ignoring|addmap|DEVICE_PATH|wwids file|^(create|reload)|(mark|is)_failed: '; echo "rc=${PIPESTATUS[0]}"; }
hold() { mount /dev/sda /mnt; }
drop() { umount /mnt; udevadm settle; }
mkdir -p /mnt; mkfs.ext4 -q /dev/sda; udevadm settle
echo "== nothing failed yet"
run -c /dev/sda; failed
echo "== the first is taken"
hold
run -v3; udevadm settle; failed; props
run -v3 -c /dev/sda; run -v4 -c /dev/sda; run -c /dev/sdb
run -v3; failed
run -ll
echo "== forgotten by hand"
rm /run/multipath/failed_wwids/*; run -v4 -c /dev/sda; run -v3; failed
echo "== free again"
drop; failed
run -v4 -c /dev/sda
run -v3; udevadm settle; failed; props
run -v4 -c /dev/sda; run -c /dev/sdb
echo "== by name"
multipath -F 2>/dev/null; udevadm settle
hold; run -v3 /dev/sda; failed
run -v3 /dev/sdb; failed
echo "== the daemon"
multipathd -d -s > /tmp/log 2>&1 & sleep 4; udevadm settle; sleep 1
failed; multipathd show maps raw format '%n %w'; props
drop; sleep 1
multipathd show maps raw format '%n %w'; failed
multipathd add path sda; multipathd add map mpatha; sleep 2; udevadm settle; sleep 1
multipathd show maps raw format '%n %w'; failed; props
multipathd shutdown; wait $!
grep -E 'fail|ignor|error' /tmp/log
echo "== find_multipaths on and greedy"
multipath -F; udevadm settle
for mode in on greedy strict smart; do
  printf 'defaults {\n user_friendly_names yes\n find_multipaths %s\n}\n' $mode > /etc/multipath.conf
  hold; run /dev/sda; failed; run -c /dev/sda; run -c /dev/sdb; drop; run /dev/sda; run -c /dev/sda; failed
  multipath -F; udevadm settle
done
rmdir /run/multipath/failed_wwids; echo "rc=$?"
echo file > /run/multipath/failed_wwids
hold; run -v3; run -c /dev/sda; drop; run -v3
