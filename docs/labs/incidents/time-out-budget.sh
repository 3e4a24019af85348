#udev
# How long can a write be blocked at most? The settings that a database cluster tried, one after another.
# The story: with the whole SAN away, I/O was blocked for three to four minutes; the database fenced its nodes after 70 s. The operators
# turned checker time-outs, no_path_retry and dev_loss_tmo by trial and error, and could not say what they add up to.
# Source: https://www.jobacle.nl/2011/08/multipath-timeout-cluster-part-i/
# Look at: when the write fails. Finding out takes up to an interval, and then come no_path_retry intervals.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval %s\n max_polling_interval %s\n no_path_retry %s\n}\n' $1 $1 $2 > /etc/multipath.conf; }
state() { for d in sda sdb; do echo $1 > /sys/block/$d/device/state; done; }
outage() {
  conf $1 $2; multipathd reconfigure > /dev/null; sleep $((2 * $1 + 3))
  state offline
  dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null &
  for s in $3; do sleep $((s - ${last:-0})); last=$s; kill -0 $! 2>/dev/null && echo "polling_interval $1, no_path_retry $2: blocked after $s s" || echo "polling_interval $1, no_path_retry $2: failed within $s s"; done
  last=0; state running; wait; sleep $(($1 + 3))
}
conf 5 fail
multipathd
sleep 3; udevadm settle; sleep 3
#: What they had: twelve intervals of five seconds, on top of the one that finds out.
outage 5 12 "30 55 75"
#: What they tried: fewer retries, and a shorter interval.
outage 5 2 "8 20"
outage 2 12 "20 35"
#: Nothing waits. A short hiccup is enough for an error.
outage 5 fail "1"
