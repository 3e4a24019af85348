# A suspend that is given up leaves queueing off; the suspend after it must not take that for what the table says.
# The story: presuspend saves queue_if_no_path and clears it, resume restores it. A second presuspend, after a suspend that was
# interrupted, saved the flag that the first one had cleared: the map never queued again, and the next loss of all paths
# reached applications as EIO, though nobody had asked for that.
# Source: Linux d50a6450104c (2016), 1814f2e3fb95 (2016), "restrict queue_if_no_path state machine" (2020)
# Look at: queue_if_no_path in the table after each step, and how the two writes without a path end. `dmsim explore` with
# this lab finds no order in which the flag is lost; docs/museum.md (second-presuspend) shows how soon it is found in the old code.
modprobe brd rd_nr=1 rd_size=4096
queues() { dmsetup table mpatha | grep -q queue_if_no_path && echo "$1: the map queues" || echo "$1: the map does not queue"; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2>/dev/null && echo "the write completed" || echo "the write FAILED"; }
#: A path that takes its time with a write: the suspend must wait for it.
dmsetup create slow --table "0 8192 delay 1:0 0 2500"
dmsetup create mpatha --table "0 8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 254:0 1"
queues "created"
write > /tmp/answer &
sleep 0.5
#: The suspend is interrupted while it waits.
timeout 1 dmsetup suspend --noflush mpatha
queues "after a suspend that was given up"
wait
cat /tmp/answer
#: The second suspend finds the flag off. Before 2016 it saved that.
dmsetup suspend --noflush mpatha
dmsetup resume mpatha
queues "after a whole suspend and a resume"
#: The proof: without a path a write waits, and completes when the path is back.
dmsetup message mpatha 0 "fail_path 254:0"
write > /tmp/answer &
sleep 1
[ -s /tmp/answer ] && cat /tmp/answer || echo "the write waits"
dmsetup message mpatha 0 "reinstate_path 254:0"
wait
cat /tmp/answer
