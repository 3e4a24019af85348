# A full backup, and two incremental ones of what the guest has written since; the second fails once, and nothing is lost
head -c 4194304 /dev/zero | tr '\0' a > disk.raw
truncate -s 4M backup.raw
qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -m 256 -blockdev driver=raw,node-name=d,file.driver=file,file.filename=disk.raw \
  -blockdev driver=raw,node-name=b,file.driver=blkdebug,file.image.driver=file,file.image.filename=backup.raw,file.inject-error.0.event=flush_to_disk,file.inject-error.0.iotype=write,file.inject-error.0.sector=4096,file.inject-error.0.once=on \
  -device virtio-blk-pci,drive=d -qmp unix:/run/q,server=on,wait=off
tell() { qmp /run/q "$1" | grep -v '^{"return"'; }
backup() { n=$(wc -l < /run/q.events); tell '{"execute": "blockdev-backup", "arguments": {"job-id": "j", "device": "d", "target": "b", "sync": "'$1'"'"$2"'}}'; qmp --wait BLOCK_JOB_COMPLETED --since $n /run/q >/dev/null; sleep 0.1; grep BLOCK_JOB_COMPLETED /run/q.events | tail -1; }
bitmap() { qmp /run/q '{"execute": "query-block"}' | grep -o '"name": "since"[^}]*'; }
qmp /run/q '{"execute": "transaction", "arguments": {"actions": [{"type": "block-dirty-bitmap-add", "data": {"node": "d", "name": "since"}}, {"type": "blockdev-backup", "data": {"job-id": "j", "device": "d", "target": "b", "sync": "full"}}]}}' >/dev/null
sleep 0.5; cmp disk.raw backup.raw && echo "full backup: the same"
guest vm 'head -c 65536 /dev/zero | tr "\0" b | dd of=/dev/vda bs=64k seek=3 oflag=direct status=none'
bitmap
backup incremental ', "bitmap": "since"'
cmp disk.raw backup.raw && echo "first incremental backup: the same"
bitmap
guest vm 'dd if=/dev/zero of=/dev/vda bs=64k count=2 seek=32 oflag=direct status=none'
# Arms the rule of blkdebug.
tell '{"execute": "human-monitor-command", "arguments": {"command-line": "qemu-io b \"flush\""}}'
backup incremental ', "bitmap": "since"'
bitmap
backup incremental ', "bitmap": "since"'
cmp disk.raw backup.raw && echo "second incremental backup: the same"
qmp /run/q '{"execute": "quit"}' >/dev/null
