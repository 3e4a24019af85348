# What the RFC of 2012 had otherwise about jobs: stop only where the device has rerror=stop and werror=stop or enospc, report
# ends with BLOCK_JOB_CANCELLED, an error of the target is the target device's, a worse error raises the io-status.
head -c 2097152 /dev/zero | tr '\0' x > src.raw; truncate -s 2M dst.raw
for errors in merged rfc; do
export DMSIM_JOB_ERRORS=$errors
echo "== $errors"
# QEMU 7.2 lets no job write to what a device uses.
target() { [ $errors = merged ] || echo "-device virtio-blk-pci,drive=dst,share-rw=on,$1"; }
fault() { echo "\"inject-error\": [{\"event\": \"none\", \"iotype\": \"$1\", \"errno\": 28, \"sector\": 2048, \"once\": true}]"; }
node() { echo "{\"driver\": \"raw\", \"node-name\": \"$1\", \"file\": {\"driver\": \"blkdebug\", \"image\": {\"driver\": \"file\", \"filename\": \"$1.raw\"}, $(fault $2)}}"; }
mirror() { qmp /run/q "{\"execute\": \"blockdev-mirror\", \"arguments\": {\"job-id\": \"$1\", \"device\": \"src\", \"target\": \"dst\", \"sync\": \"full\", $2}}"; sleep .1; }
qemu-system-x86_64 -daemonize -nodefaults -display none -blockdev "$(node src read)" -blockdev "$(node dst write)" -qmp unix:/run/q,server=on,wait=off \
  -device virtio-blk-pci,drive=src,werror=report $(target werror=enospc)
mirror a '"on-source-error": "stop"'
qmp /run/q '{"execute": "query-block-jobs"}'
qmp /run/q '{"execute": "quit"}' > /dev/null; sleep .1
qemu-system-x86_64 -daemonize -nodefaults -display none -blockdev "$(node src read)" -blockdev "$(node dst write)" -qmp unix:/run/q,server=on,wait=off \
  -device virtio-blk-pci,drive=src,werror=stop,rerror=stop $(target werror=stop)
mirror b '"on-source-error": "report"'
mirror c '"on-source-error": "stop", "on-target-error": "stop"'
qmp /run/q '{"execute": "query-block-jobs"}' '{"execute": "query-block"}' | grep -oE '"io-status": "[a-z]*"|"qdev": "[^"]*"|"status": "[a-z]*"'
cat /run/q.events
qmp /run/q '{"execute": "quit"}' > /dev/null; sleep .1
done
