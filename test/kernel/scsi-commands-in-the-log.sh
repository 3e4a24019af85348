# Commands of SCSI disks as the log shows them, by opcode and flags; a disk that pretends to be larger than its medium; two commands that time out together.
mount -t debugfs none /sys/kernel/debug 2>/dev/null
E=/sys/kernel/debug/scsi_debug
log() { dmesg -c | sed 's/^\[[^]]*\] //; s/cmd_age=[0-9]*s/cmd_age=Ns/; s/tag#[0-9]* //' | grep -E 'CDB|fail command|error, dev'; }
fail() { echo "2 -1 $2 0 0 2 ${3:-4} ${4:-0x44} 0" > $E/$1/error; }
left() { awk '$2 < 0 { print $3 }' $E/$1/error | tr '\n' ' '; echo; for op in 0x28 0x88 0x2a 0x8a 0x41 0x93 0x42; do echo "- 2 $op" > $E/$1/error; done 2> /dev/null; }
commands() {
  local disk=/dev/$1 at=$2
  echo "-- $1: read"; fail $at 0x28 3 0x11; fail $at 0x88 3 0x11; dd if=$disk of=/dev/null bs=4k count=1 iflag=direct status=none; left $at; log
  echo "-- $1: write"; fail $at 0x2a; fail $at 0x8a; dd if=/dev/zero of=$disk bs=4k count=1 oflag=direct status=none; left $at; log
  echo "-- $1: write and flush"; fail $at 0x2a; fail $at 0x8a; dd if=/dev/zero of=$disk bs=4k count=1 oflag=direct,dsync status=none; left $at; log
  echo "-- $1: discard"; fail $at 0x42; fail $at 0x93; fail $at 0x41; blkdiscard -f $disk -o 1M -l 1M 2> /dev/null; echo "rc=$?"; left $at; log
  echo "-- $1: zeroes"; fail $at 0x93; fail $at 0x41; blkdiscard -f -z $disk -o 1M -l 1M 2> /dev/null; echo "rc=$?"; left $at; log
}
modprobe scsi_debug dev_size_mb=8 lbpu=1
dmesg -c > /dev/null
commands sda 0:0:0:0; sleep 6
for mode in writesame_16 writesame_10; do
  echo $mode > /sys/class/scsi_disk/0:0:0:0/provisioning_mode
  echo "-- $mode"; fail 0:0:0:0 0x42; fail 0:0:0:0 0x93; fail 0:0:0:0 0x41; blkdiscard -f /dev/sda -o 1M -l 64k 2> /dev/null; echo "rc=$?"; left 0:0:0:0; log
done
for mode in writesame_16_unmap writesame_10_unmap write; do
  echo $mode > /sys/class/scsi_disk/0:0:0:0/zeroing_mode
  echo "-- $mode"; fail 0:0:0:0 0x93; fail 0:0:0:0 0x41; fail 0:0:0:0 0x2a; blkdiscard -f -z /dev/sda -o 1M -l 64k 2> /dev/null; echo "rc=$?"; left 0:0:0:0; log
done
sleep 6; echo "-- two time out together"
echo 2 > /sys/block/sda/device/timeout
dmesg -c > /dev/null
echo '0 -4 0x28' > $E/0:0:0:0/error
dd if=/dev/sda of=/dev/null bs=4k count=1 iflag=direct status=none &
dd if=/dev/sda of=/dev/null bs=4k count=1 skip=1 iflag=direct status=none
wait
cat /sys/block/sda/device/state
dmesg -c | sed 's/^\[[^]]*\] //; s/cmd_age=[0-9]*s/cmd_age=Ns/; s/tag#[0-9]* //' | sort | uniq -c | sed 's/^ *//'
rmmod scsi_debug
modprobe scsi_debug dev_size_mb=8 virtual_gb=2100 lbpu=1 ndelay=1000
at=$(cd $E; ls -d *:*)
disk=$(ls -d /sys/block/sd* | tail -n 1); disk=${disk##*/}
dmesg -c > /dev/null
sleep 6; commands $disk $at
echo "-- a medium of 8 MiB"
printf 'HELLO' | dd of=/dev/$disk bs=4k conv=sync oflag=direct status=none
for skip in 1 2047 2048 2049 4096; do dd if=/dev/$disk bs=4k skip=$skip count=1 iflag=direct status=none | head -c 5 | tr '\0' .; echo " $skip"; done
printf '12345' | dd of=/dev/$disk bs=4k seek=6145 conv=sync oflag=direct status=none
dd if=/dev/$disk bs=4k count=2 iflag=direct status=none | tr -d '\0'; echo
tr '\0' y < /dev/zero | dd of=/dev/$disk bs=12k count=1 seek=682 iflag=fullblock oflag=direct status=none
dd if=/dev/zero bs=16k count=1 seek=1023 of=/dev/$disk oflag=direct status=none
dd if=/dev/$disk bs=4k count=1 iflag=direct status=none | head -c 5; echo
printf 'AGAIN' | dd of=/dev/$disk bs=4k conv=sync oflag=direct status=none
blkdiscard -f /dev/$disk -o 8M -l 1M 2> /dev/null; echo "rc=$?"
dd if=/dev/$disk bs=4k count=2 iflag=direct status=none | tr -d '\0'; echo
