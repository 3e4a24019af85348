# null_blk disks through configfs: what each attribute says, and a signal to a reader that waits for a frozen queue.
modprobe null_blk nr_devices=0
mount -t configfs none /sys/kernel/config 2>/dev/null
N=/sys/kernel/config/nullb/nullb1; mkdir $N
echo 2 > $N/irqmode; echo 2000000000 > $N/completion_nsec; echo 1 > $N/power
dd if=/dev/nullb1 of=/dev/null bs=512 iflag=direct count=1 status=none & sleep 0.5
echo 64 > /sys/block/nullb1/queue/nr_requests & sleep 0.5
dd if=/dev/nullb1 of=/dev/null bs=512 iflag=direct count=1 status=none & sleep 0.5
kill -USR1 $!
wait; echo "done $?"
cat /sys/block/nullb1/queue/nr_requests
for a in size blocksize memory_backed irqmode completion_nsec power queue_mode submit_queues poll_queues hw_queue_depth home_node discard mbps cache_size use_per_node_hctx no_sched shared_tag_bitmap blocking zoned zone_size zone_capacity zone_nr_conv zone_max_open zone_max_active virt_boundary max_sectors index badblocks; do echo "$a: $(cat $N/$a 2>&1)"; done
cat /sys/kernel/config/nullb/features | tr ',' '\n' | sort | head -60
echo 0 > $N/power; rmdir $N; ls /sys/block
