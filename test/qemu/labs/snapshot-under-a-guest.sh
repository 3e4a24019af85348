# A snapshot of a disk in use: what the guest writes from then on goes to the new image; a commit takes it back, and so does a second one
head -c 1048576 /dev/zero | tr '\0' a > disk.raw
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -m 256 -blockdev driver=raw,node-name=d,file.driver=file,file.filename=disk.raw \
  -device virtio-blk-pci,drive=d -qmp unix:/run/q,server=on,wait=off
tell() { qmp /run/q "$1"; }
snapshot() { tell '{"execute": "blockdev-snapshot-sync", "arguments": {"node-name": "'$1'", "snapshot-file": "'$2'", "snapshot-node-name": "'$3'"}}'; }
fill() { guest vm "head -c 65536 /dev/zero | tr '\0' $1 | dd of=/dev/vda bs=64k seek=$2 oflag=direct status=none"; }
letters() { guest vm "for i in 0 1 2 3; do dd if=/dev/vda bs=64k skip=\$i count=1 iflag=direct status=none | head -c 1; done; echo"; }
snapshot d /nosuch/s1.qcow2 s1
snapshot nosuch s1.qcow2 s1
snapshot d s1.qcow2 s1
fill b 1
snapshot s1 s2.qcow2 s2
fill c 2
letters
echo "disk.raw: $(tr -d '\n' < disk.raw | tr -s a-z)"
qemu-img info -U s2.qcow2 | grep -E 'backing|virtual'
qemu-img map -U --output=json s1.qcow2 | grep '"depth": 0'
tell '{"execute": "block-commit", "arguments": {"job-id": "j", "device": "s2", "base-node": "d"}}'
qmp --wait BLOCK_JOB_READY --since 0 /run/q >/dev/null
tell '{"execute": "block-job-complete", "arguments": {"device": "j"}}'
qmp --wait BLOCK_JOB_COMPLETED --since 0 /run/q >/dev/null
fill e 3
letters
echo "disk.raw: $(tr -s a-z < disk.raw)"
tell '{"execute": "query-named-block-nodes", "arguments": {"flat": true}}' | grep -o '"node-name": "[a-z0-9]*"'
tell '{"execute": "quit"}'
