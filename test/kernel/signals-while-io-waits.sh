# Which waits for I/O a signal ends at once, and what becomes of the others: every kind of access to a suspended map.
exec 2>/dev/null
modprobe brd rd_nr=1 rd_size=8192
dmsetup create m --table "0 16384 linear /dev/ram0 0"
try() { # name signal command
  local name=$1 sig=$2 st; shift 2
  dmsetup suspend --noflush --nolockfs m
  "$@" & p=$!
  sleep 0.5; kill -$sig $p; sleep 0.5
  st=$(awk '/^State/ { print $2 }' /proc/$p/status); echo "$name, $sig: $st"
  dmsetup resume m; sleep 0.2; wait $p; echo "  rc=$?"
}
for s in TERM KILL; do
try "direct write" $s dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none
try "direct read" $s dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 iflag=direct status=none
try "buffered read" $s dd if=/dev/mapper/m of=/dev/null bs=4096 count=1 skip=100 status=none
try "buffered write with fsync" $s dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 conv=fsync,notrunc status=none
try "buffered write that closes" $s dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 conv=notrunc status=none
try "buffered write of a part" $s dd if=/dev/zero of=/dev/mapper/m bs=512 count=1 seek=1000 conv=notrunc status=none
try "synchronous write" $s dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=sync conv=notrunc status=none
done
try "a trapped signal" TERM bash -c 'trap "echo trapped" TERM; dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none; echo after'
try "an ignored signal" TERM bash -c 'trap "" TERM; exec dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none'
dmsetup suspend --noflush --nolockfs m; timeout 1 dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none & sleep 2; dmsetup resume m; wait $!; echo "timeout: $?"
