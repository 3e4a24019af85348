# Suspending a suspended device and resuming a running one succeed and change nothing.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create d --table "0 1000 linear 1:0 0"
i() { echo "rc=$? $(dmsetup info -c --noheadings -o name,attr,events d) $(cat /sys/block/dm-0/dm/suspended)"; }
dmsetup resume d; i
dmsetup suspend d; i
dmsetup suspend d; i
dmsetup suspend --noflush d; i
dmsetup resume d; i
dmsetup resume d; i
dmsetup suspend --noflush --nolockfs d; i
dmsetup resume d; i
dmsetup suspend nope; echo "rc=$?"
dmsetup resume nope; echo "rc=$?"
