# Which targets pass an ioctl on: linear and flakey do, striped, error, zero and tables of two lines do not.
modprobe scsi_debug add_host=1 dev_size_mb=8 delay=0
t() { dmsetup create d --table "$1"; sg_inq /dev/mapper/d > /tmp/o 2>&1; echo "rc=$? $(grep -c 'scsi_debug' /tmp/o) $1"; dmsetup remove d; }
t "0 16384 linear 8:0 0"
t "0 8 linear 8:0 8"
t "0 16384 flakey 8:0 0 1 0"
t "0 16384 striped 1 8 8:0 0"
t "0 16384 delay 8:0 0 0"
t "0 8 zero"
t "0 8 error"
printf '0 8 linear 8:0 0\n8 8 linear 8:0 8\n' | dmsetup create two; sg_inq /dev/mapper/two > /dev/null 2>&1; echo "rc=$? two"
dmsetup create none --notable; dmsetup load none --table "0 8 linear 8:0 0"; dmsetup mknodes; sg_inq /dev/mapper/none >/dev/null 2>&1; echo "rc=$? none"
