# QEMU is killed: what it kept of an image's tables since the last flush is lost, and with lazy reference counts these are wrong
exec 2>&1
begin() { qemu-system-x86_64 -name vm -daemonize -nodefaults -display none -machine none -blockdev driver=qcow2,node-name=d,file.driver=file,file.filename=$1 -qmp unix:/run/q,server=on,wait=off -pidfile /run/pid; }
io() { qmp /run/q '{"execute": "human-monitor-command", "arguments": {"command-line": "qemu-io d \"'"$1"'\""}}' >/dev/null; }
for lazy in off on; do
  echo "== lazy_refcounts=$lazy"
  qemu-img create -q -f qcow2 -o lazy_refcounts=$lazy a.qcow2 4M
  begin a.qcow2; io 'write -P 1 0 64k'; io 'write -P 2 128k 64k'
  kill -9 $(cat /run/pid); sleep 0.5
  qemu-img check a.qcow2; qemu-img map a.qcow2; qemu-img info a.qcow2 | grep -E 'shut down|lazy'
  rm a.qcow2
  qemu-img create -q -f qcow2 -o lazy_refcounts=$lazy a.qcow2 4M
  begin a.qcow2; io 'write -P 1 0 64k'; io flush; io 'write -P 2 128k 64k'; io 'write -z 0 64k'
  kill -9 $(cat /run/pid); sleep 0.5
  qemu-img check a.qcow2; qemu-img map a.qcow2
  qemu-io -r -c 'read -P 1 0 64k' -c 'read -P 0 128k 64k' a.qcow2 | grep -v ops
  rm a.qcow2
done
