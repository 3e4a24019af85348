# A backing chain of images that qemu-img made: a guest reads and writes it, a stream and a commit empty its middle.
qemu-img create -q -f raw base.raw 2M; qemu-io -f raw -c 'write -q -P 1 0 2M' base.raw
qemu-img create -q -f qcow2 -b base.raw -F raw mid.qcow2; qemu-io -c 'write -q -P 2 0 1M' mid.qcow2
start() { qemu-img create -q -f qcow2 -b mid.qcow2 -F qcow2 top.qcow2
  qemu-system-x86_64 -name $1 -daemonize -nodefaults -display none -blockdev driver=qcow2,node-name=top,file.driver=file,file.filename=top.qcow2 -device virtio-blk-pci,drive=top,id=d0 -qmp unix:/run/$1,server=on,wait=off; }
start a
guest a 'dd if=/dev/vda bs=4096 count=1 iflag=direct status=none | od -An -tx1 -N4; printf zzzz | dd of=/dev/vda bs=4096 conv=sync,notrunc oflag=direct status=none seek=3; dd if=/dev/vda bs=4096 skip=3 count=1 iflag=direct status=none | head -c 4; echo'
qmp /run/a '{"execute": "block-stream", "arguments": {"job-id": "s", "device": "top"}}'
sleep 1; cat /run/a.events; qmp /run/a '{"execute": "human-monitor-command", "arguments": {"command-line": "info block"}}' '{"execute": "quit"}'; sleep .1
qemu-img info top.qcow2 | grep -c backing; qemu-io -c 'read -q -P 2 64k 64k' -c 'read -q -P 1 1M 1M' top.qcow2; qemu-img map top.qcow2
start b
guest b 'dd if=/dev/zero of=/dev/vda bs=64k count=1 oflag=direct status=none'
qmp /run/b '{"execute": "block-commit", "arguments": {"job-id": "c", "device": "top"}}'
qmp --since 0 --wait BLOCK_JOB_READY /run/b
qmp /run/b '{"execute": "job-complete", "arguments": {"id": "c"}}'; sleep .1
qmp /run/b '{"execute": "human-monitor-command", "arguments": {"command-line": "info block"}}' '{"execute": "quit"}'; sleep .1
qemu-img check mid.qcow2; qemu-io -f raw -c 'read -q -P 0 0 64k' -c 'read -q -P 2 64k 64k' base.raw && echo committed
