#udev
# bindings_file, wwids_file, prkeys_file and -b, -B: names and WWIDs kept elsewhere, or not at all.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths %s\n polling_interval 1\n reservation_key file\n%b}\n' $1 "$2" > /etc/multipath.conf; }
files() { for f in /etc/multipath/bindings /etc/multipath/wwids /etc/multipath/prkeys /tmp/b /tmp/w /tmp/p /tmp/deep/er/b /tmp/other; do [ -e $f ] && { echo "$f:"; grep -v '^#' $f; }; done; rm -rf /etc/multipath /tmp/b /tmp/w /tmp/p /tmp/deep; }
conf no ' bindings_file /tmp/b\n wwids_file /tmp/w\n prkeys_file /tmp/p\n'
multipathd
sleep 3; udevadm settle; sleep 3
c() { multipathd "$@" 2>&1 | sed 's/^[0-9.]* | //'; }
c setprkey map mpatha key 0xabc; c getprkey map mpatha; c show maps; c show config | grep _file; c shutdown; sleep 2; multipath -F 2>/dev/null; udevadm settle; files
m() { echo "> multipath $*"; multipath "$@" 2>&1 | sed 's/^[0-9.]* | //' | grep -v '[|`]-\|scsi timeouts\|Warning'; udevadm settle; multipath -F 2>/dev/null; udevadm settle; sleep 1; }
conf no ''; m -b /tmp/other; files
printf 'special 1Linux_scsi_debug_2000\n' > /tmp/other; m -b /tmp/other; files
m -B; files; m; m -B; files
conf no ' bindings_file /tmp/deep/er/b\n'; m; files
conf no ' bindings_file relative\n wwids_file ../x\n'; m; files; rm -f /tmp/other
conf strict ' wwids_file /tmp/w\n'; m; echo /1Linux_scsi_debug_2000/ > /tmp/w; m; multipath -c /dev/sda 2>/dev/null; files
mkdir -p /etc/multipath; printf 'mpatha 1Linux_scsi_debug_2000\nmpatha other\n' > /etc/multipath/bindings; conf no ''; m; files
mkdir -p /etc/multipath; printf 'mpatha other\nmpathc 1Linux_scsi_debug_2000\n' > /etc/multipath/bindings; m; files
mkdir -p /etc/multipath; printf 'mpatha\n nonsense words here\n\n# a comment\nmpathb other\n' > /etc/multipath/bindings; m; files
