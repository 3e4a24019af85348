# An image over a slow disk: eight writes of a guest meet in one cluster of 64 KB that the image does not have yet, and the guest
# writes to a cluster while a stream copies it. Nothing that the guest was told is written may be lost.
modprobe brd rd_nr=1 rd_size=1024; head -c 1M /dev/zero | tr '\0' '\1' > /dev/ram0; sync
dmsetup create slow --table "0 2048 delay /dev/ram0 0 50"
qemu-img create -q -f qcow2 top.qcow2 1M
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -blockdev driver=qcow2,node-name=top,file.driver=file,file.filename=top.qcow2,backing.driver=host_device,backing.filename=/dev/mapper/slow -device virtio-blk-pci,drive=top,id=d0 -qmp unix:/run/q,server=on,wait=off
block() { echo "dd if=/dev/vda bs=4096 skip=$1 count=1 iflag=direct status=none | head -c 8 | od -An -c"; }
guest vm 'for i in 0 1 2 3 4 5 6 7; do (printf "block $i\n" | dd of=/dev/vda bs=4096 seek=$i conv=sync,notrunc oflag=direct status=none) & done; wait'
for i in 0 1 2 3 4 5 6 7 8; do guest vm "$(block $i)"; done
qmp /run/q '{"execute": "block-stream", "arguments": {"job-id": "s", "device": "top"}}'
guest vm 'printf "while it is copied\n" | dd of=/dev/vda bs=65536 seek=4 count=1 conv=sync,notrunc oflag=direct status=none'
grep -c COMPLETED /run/q.events; sleep 1; grep -c COMPLETED /run/q.events
for i in 48 64 80; do guest vm "$(block $i)"; done
