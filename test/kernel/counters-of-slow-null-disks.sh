# Reads and writes in flight on a slow null_blk disk, in four places; its queue, resized and rescheduled.
modprobe null_blk nr_devices=0
mount -t configfs none /sys/kernel/config 2>/dev/null
N=/sys/kernel/config/nullb/nullb1; mkdir $N
echo 2 > $N/irqmode; echo 1500000000 > $N/completion_nsec; echo 1 > $N/power
show() { awk '{ printf "sysfs inflight reads %d\nsysfs inflight writes %d\n", $1, $2 }' /sys/block/nullb1/inflight; awk '{ print "sysfs stat " $9 }' /sys/block/nullb1/stat; awk '$3 == "nullb1" { print "diskstats " $12 }' /proc/diskstats; }
times() { printf 'read %d s\n' $(( ($(awk '{ print $4 }' /sys/block/nullb1/stat) + 500) / 1000 )); printf 'write %d s\n' $(( ($(awk '{ print $8 }' /sys/block/nullb1/stat) + 500) / 1000 )); }
dd if=/dev/nullb1 of=/dev/null bs=4096 iflag=direct count=1 status=none & sleep 0.1; show
dd if=/dev/zero of=/dev/nullb1 bs=4096 oflag=direct count=1 status=none & sleep 0.1; show
wait; show; times
for s in none mq-deadline kyber bfq; do echo $s > /sys/block/nullb1/queue/scheduler; echo "$s rc=$?"; cat /sys/block/nullb1/queue/scheduler /sys/block/nullb1/queue/nr_requests; done
for n in 4 1 16 64 1024 100000 0 -1 abc; do echo $n > /sys/block/nullb1/queue/nr_requests; echo "rc=$? $(cat /sys/block/nullb1/queue/nr_requests)"; done
