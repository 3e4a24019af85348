#udev
# The files that multipath keeps, as directories, below a file, and after a careless hand: blank lines, lines without slashes, words before a WWID.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths strict\n}\n' > /etc/multipath.conf
W=1Linux_scsi_debug_2000
x() { echo "> $*"; "$@" 2>&1 | sed 's/^[0-9.]* | //'; echo "rc=${PIPESTATUS[0]}"; }
all() { echo "== $1"; x multipath -c /dev/sda; x multipath -a /dev/sda; x multipath -c /dev/sda; x multipath -w /dev/sda; x multipath -c /dev/sda; x multipath -w $W; cat /etc/multipath/wwids; }
mkdir -p /etc/multipath/wwids; all "a directory"; x multipath -W; x multipath; dmsetup ls; rmdir /etc/multipath/wwids
f() { mkdir -p /etc/multipath; printf "$1" > /etc/multipath/wwids; all "$1"; }
f "\n/$W/\n"; f "/3a/\n\n/$W/\n/3b/\n"; f "/$W\n/$W/\n"; f "x/$W/\n"; f "/$W/ comment\n"; f "/${W}0/\n/$W/\n"; f "#/$W/\n/$W/"; f "/\n/$W/\n"; f "/$W/\n/$W/\n"
rm -rf /etc/multipath; echo file > /etc/multipath; all "below a file"; x multipath; x multipath -F; rm -f /etc/multipath
mkdir -p /etc/multipath/bindings; x multipath -a /dev/sda; x multipath; dmsetup ls; x multipath -l; x multipath -F; rmdir /etc/multipath/bindings
printf '\n\nmpathc %s\n  mpatha   3a  \nmpathb\n' $W > /etc/multipath/bindings; x multipath; dmsetup ls; x multipath -F; cat /etc/multipath/bindings
printf 'mpathq %s\r\n' $W > /etc/multipath/bindings; x multipath -v1; dmsetup ls; x multipath -F
rm -f /etc/multipath/wwids; x multipath -f nosuch; ls /etc/multipath; rm -f /etc/multipath/bindings; x multipath -ll nosuch; x multipath -w nosuch; ls /etc/multipath
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n reservation_key file\n}\n' > /etc/multipath.conf
mkdir /etc/multipath/prkeys; multipathd; sleep 3; udevadm settle; sleep 3
x multipathd setprkey map mpatha key 0x123; x multipathd getprkey map mpatha; rmdir /etc/multipath/prkeys; printf '\n0x5 %s\n' $W > /etc/multipath/prkeys; x multipathd getprkey map mpatha; x multipathd setprkey map mpatha key 0x123; cat /etc/multipath/prkeys; x multipathd unsetprkey map mpatha; cat /etc/multipath/prkeys
