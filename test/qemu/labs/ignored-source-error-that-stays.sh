# A mirror that ignores a source error which stays tries again without end (QEMU: 14482 errors in a second), but the monitor
# answers, time goes on, and the job can be cancelled.
modprobe brd rd_nr=2 rd_size=4096
printf '0 4096 linear /dev/ram0 0\n4096 4096 error\n' | dmsetup create src
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -m 256 -blockdev driver=host_device,filename=/dev/mapper/src,node-name=src \
  -blockdev driver=host_device,filename=/dev/ram1,node-name=dst -device virtio-blk-pci,drive=src,werror=stop,rerror=report,id=vd0 -qmp unix:/run/q,server=on,wait=off
guest vm 'dd if=/dev/zero of=/dev/vda bs=4096 seek=600 count=1 oflag=direct status=none; echo "write $?"' &
sleep 1
qmp /run/q '{"execute": "query-status"}'
qmp /run/q '{"execute": "blockdev-mirror", "arguments": {"job-id": "m", "device": "src", "target": "dst", "sync": "full", "on-source-error": "ignore"}}'
sleep .1
qmp /run/q '{"execute": "query-block-jobs"}' '{"execute": "block-job-cancel", "arguments": {"device": "m"}}'
sleep .1
qmp /run/q '{"execute": "query-block-jobs"}'
[ "$(grep -c BLOCK_JOB_ERROR /run/q.events)" -gt 1000 ] && echo "more than a thousand errors"
qmp /run/q '{"execute": "cont"}'
sleep .1
qmp /run/q '{"execute": "query-status"}'
grep -v JOB_ERROR /run/q.events
qmp /run/q '{"execute": "quit"}'
