#udev
# Bindings files that no program would write: conflicts under -B, names up to the last one, lines and WWIDs that are too long, files elsewhere.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
mkdir -p /etc/multipath
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n}\n%s\n' "$1" > /etc/multipath.conf; }
w0=1Linux_scsi_debug_2000 w1=1Linux_scsi_debug_2001
b=/etc/multipath/bindings
run() { multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -v 'multipathd service'; echo "rc=${PIPESTATUS[0]}"; }
again() { multipath -F >/dev/null 2>&1; udevadm settle; echo "== $1"; }
show() { grep -v '^#' $b; stat -c %a $b; }
conf "multipaths {
 multipath {
  wwid $w0
  alias blue
 }
 multipath {
  wwid nobody
  alias zebra
 }
 multipath {
  wwid others
  alias zebra
 }
 multipath {
  wwid somebody
  alias apple
 }
 multipath {
  wwid nobodyelse
  alias apple
 }
}"
again 'conflicts, read-only'
printf 'blue %s\nmpatha %s\nmpatha %s\nmpatha %s\n' $w1 $w1 $w0 $w1 > $b
run -B -v1; show
run -B -v1 -ll
run -B -F
run -B -c /dev/sda
run -B -T >/dev/null
again 'conflicts, writable'
run -v1; show
run -ll
conf ''
again 'a file that is there keeps its mode'
printf 'mpatha %s\nmpatha %s\n' $w1 $w0 > $b; chmod 640 $b
run -v1; show
again 'no file'
rm $b; run -v1; show
again 'names up to seven letters'
printf 'mpathzzzzzzz x\nmpathb y\n' > $b; run -v1; show
again 'the greatest number'
printf 'mpathfxshrxw x\nmpathb y\n' > $b; run -v1; show
again 'the greatest number but one'
printf 'mpathfxshrxv x\nmpathb y\n' > $b; run -v1; show
again 'one less'
printf 'mpathfxshrxu x\nmpathb y\n' > $b; run -v1; show
again 'eight letters, capitals, digits, a prefix alone'
printf 'mpathaaaaaaaa x\nmpathA y\nmpath1 z\nmpath v\n' > $b; run -v1; show
again 'a WWID of 128 letters has the name'
printf 'mpatha %0128d\n' 0 > $b; run -v1; grep -c . $b; multipath -v3 -d mpatha 2>&1 | grep -c 'too large'
again 'a line of 2100 letters'
{ printf 'mpatha '; printf '%02030d' 0; printf ' mpathb %s\nmpathc %s\n' $w0 $w1; } > $b; run -v1; cut -c1-40 $b | grep -v '^#'
again 'a line whose second half is a binding'
{ printf 'mpatha '; printf '%02040d' 0; printf 'mpathz %s\n' $w0; } > $b; run -v1; cut -c1-40 $b | grep -v '^#'
again 'a file elsewhere'
cd /tmp; run -v1 -b there/bindings; ls -l /tmp/there 2>&1 | grep -c bindings; ls /there 2>&1
run -v1 -b /tmp/a/b/c; cat /tmp/a/b/c | grep -v '^#'; stat -c %a /tmp/a /tmp/a/b /tmp/a/b/c
