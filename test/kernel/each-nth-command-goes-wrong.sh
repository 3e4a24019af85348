# Faults that scsi_debug makes of each Nth command: time-outs, recovered errors, trouble on the wire.
modprobe scsi_debug dev_size_mb=8 ndelay=1000000
D=/sys/bus/pseudo/drivers/scsi_debug; S=/sys/block/sda/device
r() { dd if=/dev/sda of=/dev/null bs=4k count=$1 iflag=direct status=none; echo "read $1: $?"; }
w() { dd if=/dev/zero of=/dev/sda bs=4k count=$1 oflag=direct status=none; echo "write $1: $?"; }
c() { echo "done $(( $(cat $S/iodone_cnt) - a )) errors $(( $(cat $S/ioerr_cnt) - b )) timeouts $(( $(cat $S/iotmo_cnt) - t ))"; a=$(( $(cat $S/iodone_cnt) )); b=$(( $(cat $S/ioerr_cnt) )); t=$(( $(cat $S/iotmo_cnt) )); }
a=$(( $(cat $S/iodone_cnt) )); b=0; t=0
l() { dmesg | sed 's/^\[[^]]*\] //; s/tag#[0-9]*/tag#N/' | grep -E 'sda|scsi_debug' | tail -$1; }
echo 3 > $D/every_nth; cat $D/statistics; echo 0x10 > $D/opts; r 10; c
echo 8 > $D/opts; w 7; c; l 4
echo 1 > $D/every_nth; echo 0x10 > $D/opts; r 1; c; l 6
echo 1 > $S/timeout; echo 5 > $D/every_nth; echo 4 > $D/opts; r 12; c; l 4
echo -4 > $D/every_nth; echo 0x10 > $D/opts; r 3; c; r 1; c; cat $D/every_nth
echo 0 > $D/every_nth; r 4; c; cat $D/statistics; echo 0 > $D/opts; r 1
