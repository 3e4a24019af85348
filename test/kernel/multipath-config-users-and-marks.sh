#udev
# Owners by the names of users and of groups; device sections where an exclamation mark is a letter, and blacklists where it is not.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
run() { multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -v 'multipathd service'; echo "rc=${PIPESTATUS[0]}"; }
printf '%s\n' 'oracle:x:54321:54322:db:/:/bin/sh' 'grid:x:no:1:a:/:/bin/sh' '#grid:x:1:1:a:/:/bin/sh' 'grid:x:7:8:a:/:/bin/sh' 'oracle:x:1:1::/:' '12:x:90:91::/:' >> /etc/passwd
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n%s\n}\n%s\n' "$1" "$2" > /etc/multipath.conf; }
for owner in oracle:oracle grid:oracle root:disk 12:12 12x:13x :oracle Oracle:-1 'oracle x:root x'; do
  echo "== $owner"
  conf " mode 0640
 uid \"${owner%%:*}\"
 gid \"${owner#*:}\""
  multipath -t 2>&1 | sed 's/^[0-9.]* | //' | grep -E '[^_](uid|gid|mode) '
  run -v1 -r; udevadm settle; stat -L -c '%u %g %a' /dev/mapper/mpatha
  multipath -F 2>/dev/null; udevadm settle
done
echo "== in a multipaths section"
conf ' uid oracle' 'multipaths {
 multipath {
  wwid 1Linux_scsi_debug_2000
  uid grid
  gid oracle
  mode 0600
 }
}'
run -v3 | grep -E ' (uid|gid|mode) = '; udevadm settle; stat -L -c '%u %g %a' /dev/mapper/mpatha
multipath -F 2>/dev/null; udevadm settle
for entry in '!Foo:.*' '!Linux:.*' 'Lin.x|!:scsi_.*' 'Linux:!' 'Linux:scsi_debug|!' '\!:.*' 'Linux:\!|scsi' ; do
  echo "== device $entry"
  conf '' "devices {
 device {
  vendor \"${entry%%:*}\"
  product \"${entry#*:}\"
  no_path_retry 7
 }
}"
  run -v3 -d | grep -E 'no_path_retry'
  echo "-- as a blacklist"
  conf '' "blacklist {
 device {
  vendor \"${entry%%:*}\"
  product \"${entry#*:}\"
 }
}"
  run -v3 -d | grep -E 'vendor/product|no_path_retry'
done
for word in '!sda' '\!sda' '!sdb' '!' '\!' 'sda!' '!!sda' '\\!sda'; do
  echo "== devnode $word"
  conf '' "blacklist {
 devnode \"$word\"
}"
  run -v3 -d | grep -E '^sd.*device node|no_path_retry'
done
