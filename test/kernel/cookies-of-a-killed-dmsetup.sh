#udev
# A dmsetup that is killed while it waits for udev leaves its cookie behind; who counts it down, and what the next commands see.
modprobe brd rd_nr=1 rd_size=8192; udevadm settle; exec 2>&1
c() { echo "-- $1"; dmsetup udevcookies | awk 'NR == 1 { print $1, $2, $3; next } { print ($1 ~ /^0xd4d/), $2, $3 }'; }
c 'none'
udevadm control --stop-exec-queue
dmsetup create a --table "0 2048 linear /dev/ram0 0" & p=$!; sleep 1; c 'one waits'
dmsetup info -c --noheadings -o name,open,attr; ls /dev/mapper
kill -9 $p; wait $p 2>/dev/null; c 'killed'
dmsetup create b --table "0 2048 linear /dev/ram0 0" & q=$!; sleep 1; c 'another'
kill -INT $q; sleep 0.5; kill -TERM $q; wait $q 2>/dev/null; echo "rc=$?"; c 'terminated'
udevadm control --start-exec-queue; udevadm settle; sleep 1; c 'udev goes on'
ls /dev/mapper; dmsetup remove a; echo "rc=$?"; c 'a removed'
dmsetup udevcomplete_all -y; echo "rc=$?"; c 'completed'
