# A real file system that is full: the backup pauses, room is made, it goes on.
mkdir -p /mnt/t; mount -t tmpfs -o size=4m none /mnt/t
head -c 3145728 /dev/zero | tr '\0' x > /mnt/t/ballast
truncate -s 2M src.raw; head -c 2097152 /dev/zero | tr '\0' y > src.raw; truncate -s 2M /mnt/t/dst.raw
qemu-system-x86_64 -daemonize -machine none -nodefaults -display none -blockdev driver=file,filename=src.raw,node-name=src -blockdev driver=file,filename=/mnt/t/dst.raw,node-name=dst -qmp unix:/run/q,server=on,wait=off
qmp /run/q '{"execute": "blockdev-backup", "arguments": {"job-id": "j", "device": "src", "target": "dst", "sync": "full", "on-target-error": "enospc"}}'
sleep .1; qmp /run/q '{"execute": "query-block-jobs"}' | grep -o '"io-status": "[a-z]*"\|"status": "[a-z]*"'
rm /mnt/t/ballast; qmp /run/q '{"execute": "job-resume", "arguments": {"id": "j"}}'; sleep .1; grep -v CHANGE /run/q.events; cmp src.raw /mnt/t/dst.raw && echo same
