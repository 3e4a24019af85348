#udev
# All paths are lost at nearly the same time, and udev looks into the map: the worker that does so hangs as long as the map queues.
# The story: hosts with hundreds of blkid and udev-worker processes in state D. Whenever something happens to a map, udev reads its
# first and last sectors to find out what is on it; with no_path_retry queue those reads wait for ever, and later events of that map wait
# for them. The rules do not probe a map of which they know that it has no path, but they know it only when the kernel does.
# Source: multipath-tools 7cc87df7 (2024); https://github.com/openmainframeproject/feilong/pull/424
# Look at: how many workers hang, and whether udev still settles: with queue, with a number, and when the kernel knew before.
# The checker would fail the paths, too: it looks every minute only, so that the probe comes first.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 60\n max_polling_interval 60\n no_path_retry %s\n}\n' $1 > /etc/multipath.conf; }
busybox mount -t debugfs debugfs /sys/kernel/debug
#: READ(10) and TEST UNIT READY do not reach the disks any more; sysfs says "running" all the same.
lose() { for h in 0 1; do for c in 28 0; do echo "2 1 $c 1 0 0 0 0 0" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; done; }
regain() { for h in 0 1; do for c in 28 0; do echo "- 2 $c" > /sys/kernel/debug/scsi_debug/$h:0:0:0/error; done; done; }
hanging() { for p in /proc/[0-9]*; do grep -qs '^State:.D' $p/status && cat $p/comm; done 2>/dev/null | grep -c udev-worker; }
look() { udevadm settle --timeout=$2 2> /dev/null; echo "$1: settle says $?, workers that hang: $(hanging)"; }
conf queue
multipathd
sleep 3; udevadm settle; sleep 25
look "all is well" 60
#: Somebody opens the map for writing and closes it: udev gets a change event. Nobody has tried the paths yet.
lose; : >> /dev/mapper/mpatha; sleep 2
look "the paths are lost, and the map is probed" 3
sleep 10; look "ten seconds later" 3
regain; sleep 65; look "the paths are back" 60
#: A number ends it.
conf 2; multipathd reconfigure > /dev/null; sleep 25; udevadm settle
lose; : >> /dev/mapper/mpatha; sleep 3
look "no_path_retry 2, the map is probed" 3
sleep 130; look "after the retries" 60
#: The kernel has failed both paths before: the rules see that, and do not read.
: >> /dev/mapper/mpatha; sleep 2
look "the kernel knew before" 60
