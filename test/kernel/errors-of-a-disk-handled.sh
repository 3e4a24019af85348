# How errors of a SCSI disk are handled: commands that time out, aborts and resets that fail, when the disk is given up, with one command and with two.
mount -t debugfs none /sys/kernel/debug 2>/dev/null
modprobe scsi_debug dev_size_mb=8
E=/sys/kernel/debug/scsi_debug/0:0:0:0; D=/sys/block/sda/device
echo 1 > $D/timeout; echo 1 > $D/eh_timeout
read_() { dd if=$1 of=/dev/null bs=4k skip=$2 count=1 iflag=direct status=none; }
log() { wait; echo "$(cat $D/state) iotmo $(cat $D/iotmo_cnt) ioerr $(cat $D/ioerr_cnt)"; dmesg -c | sed 's/^\[[^]]*\] //; s/cmd_age=[0-9]*s/cmd_age=Ns/; s/tag#[0-9]* //' | uniq -c | sed 's/^ *//'; echo running > $D/state; for t in 0 3 4; do echo "- $t 0x28" > $E/error; done 2> /dev/null; dmesg -c > /dev/null; }
dmesg -c > /dev/null
echo "-- one time-out"; echo '0 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- two"; echo '0 -2 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- three"; echo '0 -3 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- three again, with a read before them"; read_ /dev/sda 9; echo '0 -3 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- the abort fails"; echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- the abort fails, and there is another time-out"; echo '0 -2 0x28' > $E/error; echo '3 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- the abort fails, and there are two more"; echo '0 -3 0x28' > $E/error; echo '3 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- two commands at a time"; echo '0 -4 0x28' > $E/error; read_ /dev/sda 0 & read_ /dev/sda 1; log
echo "-- no retries"; echo 0 > /sys/class/scsi_disk/0:0:0:0/max_retries; echo '0 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- no retries, and the abort fails"; for i in 1 2 3; do echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; read_ /dev/sda 0; done; log
echo 5 > /sys/class/scsi_disk/0:0:0:0/max_retries
dmsetup create mp --table "0 8 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
echo "-- below a map"; echo '0 -2 0x28' > $E/error; read_ /dev/mapper/mp 0; dmsetup status mp; log; dmsetup message mp 0 reinstate_path 8:0
echo "-- below a map, and the abort fails"; echo '0 -2 0x28' > $E/error; echo '3 -1 0x28' > $E/error; read_ /dev/mapper/mp 0; dmsetup status mp; log; dmsetup remove mp
echo "-- resets fail, too"; echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; echo '4 -1 0x28' > $E/error; echo 1 > /sys/kernel/debug/scsi_debug/target0:0:0/fail_reset; read_ /dev/sda 0; log
echo 0 > /sys/kernel/debug/scsi_debug/target0:0:0/fail_reset; for t in 0x0 0x28; do for n in 0 3 4; do echo "- $n $t" > $E/error; done; done 2> /dev/null
echo "-- the LUN reset fails"; echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; echo '4 -1 0x28' > $E/error; read_ /dev/sda 0; log
echo "-- TEST UNIT READY times out once"; echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; echo '0 -1 0x0' > $E/error; read_ /dev/sda 0; log
echo "-- a host byte that nobody knows"; echo 1 > /sys/class/scsi_disk/0:0:0:0/max_retries; echo '2 -9 0x28 0x9 0 0 0 0 0' > $E/error; read_ /dev/sda 0; cat $E/error; echo "- 2 0x28" > $E/error; log
for word in x 0 t; do echo $word > /sys/kernel/debug/scsi_debug/target0:0:0/fail_reset; echo "$? $(cat /sys/kernel/debug/scsi_debug/target0:0:0/fail_reset)"; done 2>&1 | sed 's/.*: write/write/'
echo "-- no reset helps"; echo 5 > /sys/class/scsi_disk/0:0:0:0/max_retries; echo 1 > /sys/kernel/debug/scsi_debug/target0:0:0/fail_reset; echo '0 -1 0x28' > $E/error; echo '3 -1 0x28' > $E/error; echo '4 -1 0x28' > $E/error; echo '0 -9 0x0' > $E/error; read_ /dev/sda 0; cat $E/error; echo "- 0 0x0" > $E/error; log
