# A suspend waits for pages that a sync is writing to a map that is suspended below: no signal ends it; the sync and the suspend go on when that map is resumed.
modprobe brd rd_nr=1 rd_size=8192
dmsetup create low --table "0 8192 linear 1:0 0"; dmsetup create top --table "0 8192 linear /dev/mapper/low 0"
st() { for m in low top; do printf '%s=%s ' $m "$(dmsetup info -c --noheadings -o suspended $m)"; done; awk '{printf "inflight %s %s\n", $1, $2}' /sys/block/dm-1/inflight; }
exec 5<>/dev/mapper/top; dd if=/dev/zero bs=64k count=8 status=none >&5
dmsetup suspend low; sync & s=$!; sleep 0.3; st
dmsetup suspend top & t=$!; sleep 0.3; kill $t; sleep 0.5; st; kill -0 $t && echo "the suspend waits"
dmsetup resume low; wait $s; echo "sync $?"; wait $t; echo "suspend $?"; st
exec 5>&-; dmsetup suspend top; dmsetup suspend --noflush low; st; dmsetup resume top; dmsetup resume low; st
